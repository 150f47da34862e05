/** How the weights of a model are stored, best for this machine first: as in the names of the files on the hub. */
export const PRECISIONS = ['q8', 'fp16', 'fp32'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** What files of a precision are called: `model_quantized.onnx`. */
const FILE_SUFFIXES: Readonly<Record<Precision, string>> = { q8: '_quantized', fp16: '_fp16', fp32: '' };

/** The file of a part of a model, relative to the model's folder. */
export const toWeightsFile = (part: string, precision: Precision): string =>
  `onnx/${part}${FILE_SUFFIXES[precision]}.onnx`;
