/** Just enough of ONNX's protobuf format (onnx.proto3) to write small models in tests. */

type Field = Uint8Array;

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

const number = (field: number, value: number): Field => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Uint8Array): Field =>
  Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string): Field => bytes(field, Buffer.from(value));
const message = (field: number, ...fields: Field[]): Field => bytes(field, Buffer.concat(fields));

const ELEMENT = { float: 1, int64: 7, bool: 9 } as const;

/** A named array of shape `dims`, row first. */
export interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly integers?: Readonly<Record<string, number>>;
}

export interface OnnxValue {
  readonly name: string;
  readonly element: keyof typeof ELEMENT;
  /** A name stands for any length. */
  readonly dims: readonly (number | string)[];
}

const value = (field: number, { name, element, dims }: OnnxValue): Field =>
  message(
    field,
    text(1, name),
    message(
      2,
      message(
        1,
        number(1, ELEMENT[element]),
        message(2, ...dims.map((dim) => message(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)))),
      ),
    ),
  );

/** The bytes of a model with one graph. */
export function onnxModel(graph: {
  nodes: readonly OnnxNode[];
  initializers: readonly Initializer[];
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
}): Uint8Array {
  const nodes = graph.nodes.map(({ operator, inputs, output, integers = {} }) =>
    message(
      1,
      ...inputs.map((name) => text(1, name)),
      text(2, output),
      text(4, operator),
      ...Object.entries(integers).map(([name, integer]) =>
        message(5, text(1, name), number(3, integer), number(20, 2)),
      ),
    ),
  );
  const initializers = graph.initializers.map(({ name, dims, values }) =>
    message(
      5,
      ...dims.map((dim) => number(1, dim)),
      number(2, values instanceof Float32Array ? ELEMENT.float : ELEMENT.int64),
      text(8, name),
      bytes(9, new Uint8Array(values.buffer)),
    ),
  );
  return Buffer.concat([
    number(1, 8),
    message(
      7,
      ...nodes,
      text(2, 'graph'),
      ...initializers,
      ...graph.inputs.map((input) => value(11, input)),
      ...graph.outputs.map((output) => value(12, output)),
    ),
    message(8, number(2, 17)),
  ]);
}
