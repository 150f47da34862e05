/** The package entry `mikshi-studio/api/node`: what only Node can do. */
export { videoFilesIn } from './files-in.ts';
export { sendPartFromNode } from './send-part.ts';
export { uploadPath } from './upload-path.ts';
