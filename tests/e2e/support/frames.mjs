// The frames of logs and shared folders, and the sums by which Loro knows its bytes:
// docs/formats, and the xxHash specification (XXH32).

const magic = "WFT1";
const head = 13;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 0xff];
  return (sum ^ 0xffffffff) >>> 0;
}

/** A frame of this kind. */
export function framed(letter, body) {
  const kindAndLength = Buffer.alloc(5);
  kindAndLength.write(letter, "latin1");
  kindAndLength.writeUInt32LE(body.length, 1);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(Buffer.concat([kindAndLength, body])));
  return Buffer.concat([Buffer.from(magic), kindAndLength, sum, body]);
}

/** The frames of a file, as letters with bodies; a torn one at its end is left out. */
export function frames(file) {
  const all = [];
  let at = 0;
  while (file.subarray(at, at + 4).toString("latin1") === magic && at + head <= file.length) {
    const end = at + head + file.readUInt32LE(at + 5);
    if (end > file.length) break;
    all.push([String.fromCharCode(file[at + 4]), file.subarray(at + head, end)]);
    at = end;
  }
  return all;
}

const [p1, p2, p3, p4, p5] = [2654435761, 2246822519, 3266489917, 668265263, 374761393];
const turned = (number, by) => (number << by) | (number >>> (32 - by));

function xxh32(bytes, seed) {
  let sum;
  let at = 0;
  if (bytes.length >= 16) {
    const lanes = [seed + p1 + p2, seed + p2, seed, seed - p1].map((lane) => lane | 0);
    for (; at + 16 <= bytes.length; at += 16) {
      for (let lane = 0; lane < 4; lane += 1) {
        const word = bytes.readUInt32LE(at + 4 * lane);
        lanes[lane] = Math.imul(turned((lanes[lane] + Math.imul(word, p2)) | 0, 13), p1);
      }
    }
    sum = turned(lanes[0], 1) + turned(lanes[1], 7) + turned(lanes[2], 12) + turned(lanes[3], 18);
  } else {
    sum = seed + p5;
  }
  sum = (sum + bytes.length) | 0;
  for (; at + 4 <= bytes.length; at += 4) {
    sum = Math.imul(turned((sum + Math.imul(bytes.readUInt32LE(at), p3)) | 0, 17), p4);
  }
  for (; at < bytes.length; at += 1) {
    sum = Math.imul(turned((sum + Math.imul(bytes[at], p5)) | 0, 11), p1);
  }
  sum = Math.imul(sum ^ (sum >>> 15), p2);
  sum = Math.imul(sum ^ (sum >>> 13), p3);
  return (sum ^ (sum >>> 16)) >>> 0;
}

/** Loro's bytes with the sum that fits what is in them. */
export function summed(update) {
  const bytes = Buffer.from(update);
  bytes.writeUInt32LE(xxh32(bytes.subarray(20), Buffer.from("LORO").readUInt32LE()), 16);
  return bytes;
}
