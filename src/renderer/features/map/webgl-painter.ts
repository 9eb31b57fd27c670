import { wholeMap } from './camera';
import { schemeColors } from './map-palette';
import { fitTo, levels, pointDiameter, type PointPainter } from './point-styles';

const vertexShader = `#version 300 es
in vec2 position;
in vec4 color;
in float shape;
in float level;
uniform vec2 middle;
uniform vec2 scale;
uniform float diameter;
uniform bool selectedOnes;
out vec3 tint;
flat out float kind;
flat out float rank;
void main() {
  bool drawn = level > 0.5 && (level > 2.5) == selectedOnes;
  gl_Position = drawn ? vec4((position - middle) * scale, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = diameter * (level > 2.5 ? 1.6 : 1.2);
  tint = color.rgb;
  kind = shape;
  rank = level;
}`;

/** A shape is where its distance is at most 1; its rim is a ring around what is selected. */
const fragmentShader = `#version 300 es
precision mediump float;
in vec3 tint;
flat in float kind;
flat in float rank;
uniform vec3 ground;
uniform vec3 ring;
out vec4 result;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float distance = length(p);
  if (kind > 2.5) distance = abs(p.x) + abs(p.y);
  else if (kind > 1.5) distance = max(abs(p.x), abs(p.y)) * 1.2;
  else if (kind > 0.5) distance = max(abs(p.x) * 1.85 - p.y, p.y * 1.33);
  if (distance > 1.0) discard;
  bool rim = distance > (rank > 2.5 ? 0.74 : 0.8);
  if (rank < 1.5) result = vec4(tint, 0.13);
  else if (rim) result = vec4(rank > 2.5 ? ring : ground, rank > 2.5 ? 1.0 : 0.55);
  else result = vec4(tint, rank > 2.5 ? 1.0 : 0.9);
}`;

/** Draws all points in two calls, selected ones on top; undefined where there is no WebGL 2. */
export function createWebglPainter(canvas: HTMLCanvasElement): PointPainter | undefined {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: true });
  const program = gl && linkProgram(gl);
  if (!gl || !program) return undefined;
  const attribute = (name: string) => gl.getAttribLocation(program, name);
  const locate = (name: string) => gl.getUniformLocation(program, name);
  const uniforms = {
    middle: locate('middle'),
    scale: locate('scale'),
    diameter: locate('diameter'),
    ground: locate('ground'),
    ring: locate('ring'),
    selectedOnes: locate('selectedOnes'),
  };
  const buffers = {
    position: gl.createBuffer(),
    color: gl.createBuffer(),
    shape: gl.createBuffer(),
    level: gl.createBuffer(),
  };
  let count = 0;
  let hasSelected = false;
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  function fill(name: keyof typeof buffers, data: Float32Array | Uint8Array, width: number): void {
    const isBytes = data instanceof Uint8Array;
    gl?.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
    gl?.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    gl?.enableVertexAttribArray(attribute(name));
    gl?.vertexAttribPointer(
      attribute(name),
      width,
      isBytes ? gl.UNSIGNED_BYTE : gl.FLOAT,
      // Colors are 0..1 in the shader, numbers of shapes and levels stay as they are.
      name === 'color',
      0,
      0,
    );
  }

  return {
    setPositions(positions) {
      count = positions.length / 2;
      fill('position', positions, 2);
    },
    setStyles({ colors, shapes, levels: given }) {
      fill('color', colors, 4);
      fill('shape', shapes, 1);
      fill('level', given, 1);
      hasSelected = given.includes(levels.selected);
    },
    draw(camera, size, scheme) {
      const ratio = window.devicePixelRatio || 1;
      fitTo(canvas, size.width * ratio, size.height * ratio);
      const { ground, ring } = schemeColors[scheme];
      const zoom = camera.scale / wholeMap(size).scale;
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform2f(uniforms.middle, camera.x, camera.y);
      gl.uniform2f(
        uniforms.scale,
        (2 * camera.scale) / size.width,
        (2 * camera.scale) / size.height,
      );
      gl.uniform1f(uniforms.diameter, pointDiameter(count, zoom) * ratio);
      gl.uniform3f(uniforms.ground, ground[0] / 255, ground[1] / 255, ground[2] / 255);
      gl.uniform3f(uniforms.ring, ring[0] / 255, ring[1] / 255, ring[2] / 255);
      for (const selectedOnes of hasSelected ? [0, 1] : [0]) {
        gl.uniform1i(uniforms.selectedOnes, selectedOnes);
        gl.drawArrays(gl.POINTS, 0, count);
      }
    },
    dispose() {
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer);
      gl.deleteProgram(program);
    },
  };
}

function linkProgram(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  const sources = [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const;
  for (const [type, source] of sources) {
    const shader = gl.createShader(type);
    if (!shader) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : undefined;
}
