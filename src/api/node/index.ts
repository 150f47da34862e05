/** The entry of the package for what only Node can do. */
export { openFile } from './open-file.ts';
export { sendPartFromNode } from './send-part.ts';
export { uploadPath } from './upload-path.ts';
export { videoFilesIn } from './video-files-in.ts';
