// Unpacks gzip (RFC 1951, 1952), for browsers without DecompressionStream: simple rather than quick, about 20 MB a second.

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST = 15;

// A code of Huffman by the lengths of its words: how many there are of each length, and the symbols in their order.
function codeOf(lengths) {
  const counts = new Uint16Array(LONGEST + 1), starts = new Uint16Array(LONGEST + 2), symbols = new Uint16Array(lengths.length);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  for (let length = 1; length <= LONGEST; length++) starts[length + 1] = starts[length] + counts[length];
  lengths.forEach((length, symbol) => { if (length) symbols[starts[length]++] = symbol; });
  return { counts, symbols };
}

const FIXED = { literals: codeOf(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8))), distances: codeOf(Array(30).fill(5)) };

// Bytes of the one member that a gzip file of ours has; the length of what is packed stands in its last four bytes.
export function unzipped(bytes) {
  if (bytes[0] !== 31 || bytes[1] !== 139 || bytes[2] !== 8 || bytes[3] !== 0) throw new Error("not gzip as it was expected");
  const out = new Uint8Array(new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true));
  let at = 10, held = 0, holds = 0, end = 0;

  function bits(count) {
    while (holds < count) {
      if (at >= bytes.length) throw new Error("packed data end early");
      held |= bytes[at++] << holds;
      holds += 8;
    }
    const found = held & ((1 << count) - 1);
    held >>>= count;
    holds -= count;
    return found;
  }

  function symbolOf({ counts, symbols }) {
    let code = 0, first = 0, index = 0;
    for (let length = 1; length <= LONGEST; length++) {
      code |= bits(1);
      const count = counts[length];
      if (code - count < first) return symbols[index + (code - first)];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("wrong code in packed data");
  }

  function stored() {
    held = holds = 0;
    const length = bytes[at] | (bytes[at + 1] << 8);
    out.set(bytes.subarray(at + 4, at + 4 + length), end);
    at += 4 + length;
    end += length;
  }

  function codes() {
    const literals = bits(5) + 257, distances = bits(5) + 1, given = bits(4) + 4, lengths = Array(19).fill(0), all = [];
    for (let n = 0; n < given; n++) lengths[ORDER[n]] = bits(3);
    const code = codeOf(lengths);
    while (all.length < literals + distances) {
      const symbol = symbolOf(code);
      if (symbol < 16) { all.push(symbol); continue; }
      const [value, times] = symbol === 16 ? [all[all.length - 1], 3 + bits(2)] : symbol === 17 ? [0, 3 + bits(3)] : [0, 11 + bits(7)];
      for (let n = 0; n < times; n++) all.push(value);
    }
    return { literals: codeOf(all.slice(0, literals)), distances: codeOf(all.slice(literals)) };
  }

  function compressed({ literals, distances }) {
    for (;;) {
      const symbol = symbolOf(literals);
      if (symbol === 256) return;
      if (symbol < 256) { out[end++] = symbol; continue; }
      const length = LENGTHS[symbol - 257] + bits(LENGTH_BITS[symbol - 257]), far = symbolOf(distances), back = DISTANCES[far] + bits(DISTANCE_BITS[far]);
      for (let n = 0; n < length; n++, end++) out[end] = out[end - back];
    }
  }

  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored(); else compressed(kind === 1 ? FIXED : codes());
  }
  if (end !== out.length) throw new Error("packed data end early");
  return out;
}
