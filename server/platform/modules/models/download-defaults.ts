import type { Platform } from '../../context.ts';
import { DEFAULT_MODELS, DEFAULT_PRECISION, toModelName } from './catalog.ts';
import { readModelFolder } from './model-folders.ts';

/**
 * What `MODELS=auto` does: downloads the models that are best for most, unless they are there. The one for speech is used when
 * nobody has chosen; the index stays as it is until a person switches. Resolves when the downloads have ended, whatever has
 * become of them: the Models page tells.
 */
export async function downloadDefaults({ models, speech }: Platform): Promise<void> {
  const { visual, speech: speechModel } = DEFAULT_MODELS;
  // What the environment has decided otherwise would never be used.
  if (models.reason === null) await models.download(visual, DEFAULT_PRECISION);
  if (speech.hasService) return;
  await models.download(speechModel, DEFAULT_PRECISION);
  await models.downloads.waitFor(speechModel);
  const folder = await readModelFolder(models.dir, speechModel);
  if (folder) await speech.chooseByDefault(toModelName(speechModel, folder.precision));
}
