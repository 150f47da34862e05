import { scaleLinear, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import createScatterplot from 'regl-scatterplot';
import { toAffine } from '../../src/engines/scatter/camera.ts';
import { ScatterPlot } from '../../src/engines/scatter/scatter-plot.ts';
import { WebglPoints } from '../../src/engines/scatter/webgl-points.ts';
import type { BenchData, Candidate } from './data.ts';

const WIDTH = 900;
const HEIGHT = 600;
const NOTHING = () => undefined;

const canvasIn = (root: HTMLElement): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  root.append(canvas);
  return canvas;
};

/** Reading a pixel waits until all that was asked for is drawn. A canvas has one kind of context, and null for the other. */
const getFinish = (canvas: HTMLCanvasElement | null) => () => {
  const gl = canvas?.getContext('webgl2');
  if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  else canvas?.getContext('2d')?.getImageData(0, 0, 1, 1);
};

/** d3-zoom that draws in the next frame. */
function zoomed(element: Element, draw: (transform: ZoomTransform) => void): void {
  let transform = zoomIdentity;
  let isAsked = false;
  const behavior = zoom<Element, unknown>().on('zoom', (event) => {
    transform = event.transform;
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw(transform);
    });
  });
  select(element).call(behavior);
  draw(zoomIdentity);
}

function studio(root: HTMLElement, { x, y, colorIndex, palette }: BenchData): Candidate {
  const plot = new ScatterPlot(
    root,
    { background: '#1d2025', grid: '#333', label: '#ccc', ring: '#fff', accent: '#fb5' },
    { playhead: 'playhead', ring: 'ring' },
    { onHover: NOTHING, onPick: NOTHING, onDoublePick: NOTHING, onSelect: NOTHING, onView: NOTHING },
  );
  plot.setPoints({ x, y });
  plot.setColors({ colorIndex, palette });
  plot.setAxes(false);
  return { target: root, finish: getFinish(root.querySelector('canvas:not([hidden])')) };
}

/** The engine's WebGL renderer, where the engine itself draws without for being faster. */
function studioWebgl(root: HTMLElement, { x, y, colorIndex, palette, radius, opacity }: BenchData): Candidate {
  const canvas = canvasIn(root);
  const renderer = WebglPoints.on(canvas);
  if (!renderer) throw new Error('There is no WebGL2.');
  renderer.setPoints({ x, y });
  renderer.setPaint({ colorIndex, palette, states: null, opacity });
  zoomed(canvas, (transform) =>
    renderer.draw({ affine: toAffine(transform, WIDTH, HEIGHT), width: WIDTH, height: HEIGHT, density: 1, radius }),
  );
  return { target: canvas, finish: getFinish(canvas) };
}

function regl(root: HTMLElement, { x, y, colorIndex, palette, radius, opacity }: BenchData): Candidate {
  const canvas = canvasIn(root);
  const plot = createScatterplot({
    canvas,
    width: WIDTH,
    height: HEIGHT,
    pointSize: 2 * radius,
    opacity,
    pointColor: [...palette],
    colorBy: 'valueA',
    // Its worker, used from a million points on, does not survive bundling: the drawing would wait for it forever.
    spatialIndexUseWorker: false,
  });
  const scaled = (values: Float32Array) => values.map((value) => 2 * value - 1);
  const ready = plot.draw({ x: scaled(x), y: scaled(y), valueA: Float32Array.from(colorIndex) });
  return { target: canvas, finish: getFinish(canvas), ready };
}

function svg(root: HTMLElement, { x, y, colorIndex, palette, radius, opacity }: BenchData): Candidate {
  const px = scaleLinear([0, 1], [40, WIDTH - 40]);
  const py = scaleLinear([0, 1], [HEIGHT - 40, 40]);
  const drawing = select(root).append('svg').attr('width', WIDTH).attr('height', HEIGHT);
  const group = drawing.append('g');
  group
    .selectAll('circle')
    .data(x)
    .join('circle')
    .attr('cx', (value) => px(value))
    .attr('cy', (_, index) => py(y[index] ?? 0))
    .attr('r', radius)
    .attr('fill', (_, index) => palette[colorIndex[index] ?? 0] ?? 'red')
    .attr('fill-opacity', opacity);
  const element = drawing.node() ?? root;
  zoomed(element, (transform) => group.attr('transform', transform.toString()));
  return { target: element, finish: null };
}

function canvas2d(root: HTMLElement, { x, y, colorIndex, palette, radius, opacity }: BenchData): Candidate {
  const canvas = canvasIn(root);
  const context = canvas.getContext('2d');
  zoomed(canvas, (transform) => {
    if (!context) return;
    const { sx, ox, sy, oy } = toAffine(transform, WIDTH, HEIGHT);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.globalAlpha = opacity;
    for (const [group, color] of palette.entries()) {
      context.fillStyle = color;
      for (let index = 0; index < x.length; index += 1) {
        if (colorIndex[index] !== group) continue;
        context.fillRect(
          ox + sx * (x[index] ?? 0) - radius,
          oy + sy * (y[index] ?? 0) - radius,
          2 * radius,
          2 * radius,
        );
      }
    }
  });
  return { target: canvas, finish: getFinish(canvas) };
}

const VERTEX = `#version 300 es
in vec2 place; in vec3 color; uniform vec4 camera; uniform float size; out vec3 tint;
void main() { gl_Position = vec4(place * camera.xz + camera.yw, 0.0, 1.0); gl_PointSize = size; tint = color; }`;
const FRAGMENT = `#version 300 es
precision mediump float; in vec3 tint; uniform float opacity; out vec4 pixel;
void main() { if (distance(gl_PointCoord, vec2(0.5)) > 0.5) discard; pixel = vec4(tint * opacity, opacity); }`;

/** The least that draws discs: what the card allows. */
function webgl(root: HTMLElement, { x, y, colorIndex, palette, radius, opacity }: BenchData): Candidate {
  const canvas = canvasIn(root);
  const gl = canvas.getContext('webgl2', { antialias: false });
  if (!gl) throw new Error('There is no WebGL2.');
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) continue;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of WebGL, no hook
  gl.useProgram(program);
  const places = new Float32Array(2 * x.length);
  const colors = new Uint8Array(3 * x.length);
  const rgb = palette.map((css) => [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16)));
  for (let index = 0; index < x.length; index += 1) {
    places[2 * index] = x[index] ?? 0;
    places[2 * index + 1] = y[index] ?? 0;
    colors.set(rgb[colorIndex[index] ?? 0] ?? [], 3 * index);
  }
  for (const [name, values, size, type] of [
    ['place', places, 2, gl.FLOAT],
    ['color', colors, 3, gl.UNSIGNED_BYTE],
  ] as const) {
    const location = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, type, type === gl.UNSIGNED_BYTE, 0, 0);
  }
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.uniform1f(gl.getUniformLocation(program, 'size'), 2 * radius);
  gl.uniform1f(gl.getUniformLocation(program, 'opacity'), opacity);
  const camera = gl.getUniformLocation(program, 'camera');
  zoomed(canvas, (transform) => {
    const { sx, ox, sy, oy } = toAffine(transform, WIDTH, HEIGHT);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform4f(camera, (2 * sx) / WIDTH, (2 * ox) / WIDTH - 1, (-2 * sy) / HEIGHT, 1 - (2 * oy) / HEIGHT);
    gl.drawArrays(gl.POINTS, 0, x.length);
  });
  return { target: canvas, finish: getFinish(canvas) };
}

export const CANDIDATES = { studio, 'studio, WebGL': studioWebgl, regl, svg, canvas2d, webgl } as const;
export type CandidateName = keyof typeof CANDIDATES;
