// SHA-256 (FIPS 180-4) and HMAC (FIPS 198-1): office browsers cannot be relied on for it, so it is written out here.
const ROUNDS = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const SCHEDULE = new Uint32Array(64);
const ENCODER = new TextEncoder();

class Sha256 {
  constructor() {
    this.state = new Uint32Array([
      0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ]);
    this.block = new Uint8Array(64);
    this.length = 0;
  }

  copy() {
    return new Sha256().as(this);
  }

  // Go on from where another stands.
  as(other) {
    this.state.set(other.state);
    this.block.set(other.block);
    this.length = other.length;
    return this;
  }

  update(bytes) {
    let filled = this.length & 63;
    this.length += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const many = Math.min(64 - filled, bytes.length - at);
      this.block.set(bytes.subarray(at, at + many), filled);
      at += many;
      filled += many;
      if (filled === 64) {
        this.compress();
        filled = 0;
      }
    }
    return this;
  }

  compress() {
    const w = SCHEDULE, block = this.block, state = this.state;
    for (let i = 0; i < 16; i++) {
      w[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  // Eight words; nothing may be added afterwards.
  words() {
    const bits = this.length * 8, filled = this.length & 63;
    this.block.fill(0, filled);
    this.block[filled] = 0x80;
    if (filled > 55) {
      this.compress();
      this.block.fill(0);
    }
    const high = Math.floor(bits / 0x100000000);
    for (let i = 0; i < 4; i++) {
      this.block[56 + i] = high >>> (24 - 8 * i);
      this.block[60 + i] = bits >>> (24 - 8 * i);
    }
    this.compress();
    return this.state;
  }
}

const hex = (words) => Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
const sha256 = (text) => hex(new Sha256().update(ENCODER.encode(text)).words());

function bytesOf(words) {
  const bytes = new Uint8Array(32);
  words.forEach((word, i) => bytes.set([word >>> 24, word >>> 16, word >>> 8, word], 4 * i));
  return bytes;
}

// HMAC-SHA256 of a key given in hex: a function of a text, its answer in hex.
function keyed(key) {
  const padded = new Uint8Array(64);
  key.match(/../g).forEach((pair, i) => (padded[i] = parseInt(pair, 16)));
  const inner = new Sha256().update(padded.map((byte) => byte ^ 0x36));
  const outer = new Sha256().update(padded.map((byte) => byte ^ 0x5c));
  return (text) => hex(outer.copy().update(bytesOf(inner.copy().update(ENCODER.encode(text)).words())).words());
}

// The examples of FIPS 180-4; what this page computes is worth nothing where they do not come out.
function selfTest() {
  const wanted = {
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    abc: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu:
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
  };
  const million = new Sha256();
  for (let i = 0; i < 1000; i++) million.update(new Uint8Array(1000).fill(97));
  return (
    Object.entries(wanted).every(([text, hash]) => sha256(text) === hash) &&
    hex(million.words()) === "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
  );
}
