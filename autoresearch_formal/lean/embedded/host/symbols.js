"use strict";
/* Name -> function table index or data address, by binary search.
   Layout of symbols.bin, 32-bit little-endian numbers: count n, first free table entry,
   n + 1 offsets into the names, n values; then the names in byte order, without separators. */

module.exports = buffer => {
  const bytes = new Uint8Array(buffer);
  const words = new Uint32Array(buffer, 0, buffer.byteLength >> 2);
  const count = words[0];
  const values = 2 + count + 1;
  const names = 4 * (values + count);

  function compare(wanted, index) {
    const start = words[2 + index];
    const length = words[3 + index] - start;
    const common = Math.min(length, wanted.length);
    for (let i = 0; i < common; i++) {
      const difference = wanted[i] - bytes[names + start + i];
      if (difference) return difference;
    }
    return wanted.length - length;
  }

  let free = words[1];
  const end = free + 1024;
  return {
    /* The value of a name, or -1. */
    find(name) {
      const wanted = Buffer.from(name, "utf8");
      let low = 0;
      let high = count - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const order = compare(wanted, middle);
        if (order === 0) return words[values + middle];
        if (order < 0) high = middle - 1;
        else low = middle + 1;
      }
      return -1;
    },
    tableSize: end,
    /* A table entry that was left free, or 0 when all are taken. */
    freeEntry: () => (free < end ? free++ : 0),
  };
};
