import { rgb } from 'd3';
import { OPACITY, type PointFrame, type PointPaint, type PointRenderer, type ScatterPoints } from './scatter-data.ts';

/** Which points a pass draws: dimmed ones lie under the others. */
const ALL = 0;
const FAINT = 1;
const CLEAR = 2;

const VERTEX = `#version 300 es
layout(location = 0) in float x;
layout(location = 1) in float y;
layout(location = 2) in vec4 color;
uniform vec4 affine;
uniform float size;
uniform int pass;
out vec4 tint;
void main() {
  bool skipped = pass != ${ALL} && (color.a < 0.5) != (pass == ${FAINT});
  gl_Position = skipped ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(x * affine.x + affine.y, y * affine.z + affine.w, 0.0, 1.0);
  gl_PointSize = size;
  tint = color;
}`;

/** Colors come premultiplied; the edge of a disc is one device pixel wide. */
const DISC = `#version 300 es
precision mediump float;
in vec4 tint;
uniform highp float size;
out vec4 pixel;
void main() {
  pixel = tint * clamp((0.5 - distance(gl_PointCoord, vec2(0.5))) * size, 0.0, 1.0);
}`;

/** Too small for a corner to show: half the work. */
const SQUARE = `#version 300 es
precision mediump float;
in vec4 tint;
out vec4 pixel;
void main() {
  pixel = tint;
}`;
/** Device pixels. */
const SMALL = 3;

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

interface Program {
  readonly program: WebGLProgram;
  readonly affine: WebGLUniformLocation | null;
  readonly size: WebGLUniformLocation | null;
  readonly pass: WebGLUniformLocation | null;
}

function link(gl: WebGL2RenderingContext, fragment: string): Program {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) continue;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shader does not link: ${gl.getProgramInfoLog(program)}`);
  }
  const place = (name: string) => gl.getUniformLocation(program, name);
  return { program, affine: place('affine'), size: place('size'), pass: place('pass') };
}

/** The palette as premultiplied RGBA in one number a color, for each of the three states. */
function toBytes({ palette, opacity }: PointPaint): Uint32Array[] {
  return [opacity, OPACITY[1], OPACITY[2]].map((alpha) => {
    const bytes = new Uint8Array(palette.length * 4);
    palette.forEach((css, index) => {
      const { r, g, b } = rgb(css);
      bytes.set([r * alpha, g * alpha, b * alpha, 255 * alpha], index * 4);
    });
    return new Uint32Array(bytes.buffer);
  });
}

/** Draws points with WebGL2: positions stay on the card, and a camera is four numbers. */
export class WebglPoints implements PointRenderer {
  readonly kind = 'webgl';
  readonly canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #disc: Program;
  readonly #square: Program;
  readonly #x: WebGLBuffer;
  readonly #y: WebGLBuffer;
  readonly #colors: WebGLBuffer;
  #count = 0;
  #hasFaint = false;

  constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext) {
    this.canvas = canvas;
    this.#gl = gl;
    this.#disc = link(gl, DISC);
    this.#square = link(gl, SQUARE);
    this.#x = gl.createBuffer();
    this.#y = gl.createBuffer();
    this.#colors = gl.createBuffer();
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** Null where WebGL2 is missing. */
  static on(canvas: HTMLCanvasElement): WebglPoints | null {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
    return gl && !gl.isContextLost() ? new WebglPoints(canvas, gl) : null;
  }

  /** True where no card draws, but the processor: then many points are drawn faster without WebGL. */
  get isSoftware(): boolean {
    const gl = this.#gl;
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    return info !== null && SOFTWARE.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)));
  }

  setPoints({ x, y }: ScatterPoints): void {
    const gl = this.#gl;
    for (const [location, buffer, values] of [
      [0, this.#x, x],
      [1, this.#y, y],
    ] as const) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, 1, gl.FLOAT, false, 0, 0);
    }
    this.#count = x.length;
  }

  setPaint(paint: PointPaint): void {
    const gl = this.#gl;
    const { colorIndex, states } = paint;
    const [normal = new Uint32Array(), ...faint] = toBytes(paint);
    const tables = [normal, ...faint];
    const colors = new Uint32Array(colorIndex.length);
    for (let index = 0; index < colorIndex.length; index += 1) {
      const table = states ? (tables[states[index] ?? 0] ?? normal) : normal;
      colors[index] = table[colorIndex[index] ?? 0] ?? 0;
    }
    this.#hasFaint = states !== null;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#colors);
    gl.bufferData(gl.ARRAY_BUFFER, colors, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(2);
    gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, 0, 0);
  }

  draw({ affine: { sx, ox, sy, oy }, width, height, density, radius }: PointFrame): void {
    const gl = this.#gl;
    const size = 2 * radius * density;
    const { program, affine, size: sizeAt, pass } = size < SMALL ? this.#square : this.#disc;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (this.#count === 0) return;
    // biome-ignore lint/correctness/useHookAtTopLevel: a method of WebGL, no hook
    gl.useProgram(program);
    gl.uniform4f(affine, (2 * sx) / width, (2 * ox) / width - 1, (-2 * sy) / height, 1 - (2 * oy) / height);
    gl.uniform1f(sizeAt, size < SMALL ? size : size + 1);
    for (const drawn of this.#hasFaint ? [FAINT, CLEAR] : [ALL]) {
      gl.uniform1i(pass, drawn);
      gl.drawArrays(gl.POINTS, 0, this.#count);
    }
  }

  destroy(): void {
    const gl = this.#gl;
    for (const buffer of [this.#x, this.#y, this.#colors]) gl.deleteBuffer(buffer);
    for (const { program } of [this.#disc, this.#square]) gl.deleteProgram(program);
  }
}
