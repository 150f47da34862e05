/** The entry of the package for what only Node can do. */
export { openFile, uploadPath, videoFilesIn } from './files.ts';
export { sendPartFromNode } from './send-part.ts';
