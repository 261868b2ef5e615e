// What a peer's grid shows: rows, columns, a level for each cell and totals that
// are kept up to date cell by cell, which is the cheapest way there is. Findings,
// undo and saving, which Weft has to do as well, are left to Weft.

/** A level for each cell: 0 none, 1 to 3 the scale, 4 taught without a level. */
export const letters = ["", "I", "P", "M", "·"];

/** From lists of rows and columns and `[row, column, level]` triples. */
export function planOf(rows, cols, cells) {
  const levels = rows.map(() => new Uint8Array(cols.length));
  const rowTotals = new Uint32Array(rows.length);
  const colTotals = new Uint32Array(cols.length);
  for (const [row, col, level] of cells) {
    levels[row][col] = level;
    rowTotals[row] += 1;
    colTotals[col] += 1;
  }
  return { rows, cols, levels, rowTotals, colTotals };
}

/** Steps a cell to its next level, totals with it. */
export function step(plan, row, col) {
  const before = plan.levels[row][col];
  const after = before >= 3 ? 0 : before + 1;
  plan.levels[row][col] = after;
  const more = Number(after > 0) - Number(before > 0);
  plan.rowTotals[row] += more;
  plan.colTotals[col] += more;
}
