/** A 32-bit mix (xorshift-multiply, after Wang) that spreads small integers over all bits. */
export function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Signs a feature sets: few enough to stay apart, enough not to collide by chance. */
const HASHES = 6;

/** Adds a feature of some weight to a vector at places, and with signs, that its key alone decides (a sign projection). */
export function hashFeature(vector: Float32Array, key: number, step: number, weight: number): void {
  for (let hash = 0; hash < HASHES; hash += 1) {
    const bits = mix(key + hash * step);
    const slot = bits % vector.length;
    vector[slot] = (vector[slot] ?? 0) + (bits & 0x10000 ? 1 : -1) * weight;
  }
}
