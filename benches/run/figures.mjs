// Medians, 95th percentiles, ratios, and tables that read well in a terminal and
// as Markdown.

/** The value that `share` of the values do not exceed (nearest rank). */
export function rank(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export const median = (values) => rank(values, 0.5);
export const p95 = (values) => rank(values, 0.95);

/** Three figures that count: 7.25, 31.4, 1,234. */
export function number(value) {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const whole = (value) => (Number.isFinite(value) ? Math.round(value).toLocaleString("en") : "–");
export const times = (value) => (Number.isFinite(value) ? `${value.toFixed(2)}×` : "–");
export const megabytes = (bytes) => number(bytes / 1e6);

/** A Markdown table whose columns stand below each other in a terminal too. The
 * first column is words, the others are figures. */
export function table(heads, rows) {
  const all = [heads, ...rows].map((row) => row.map(String));
  const widths = heads.map((_, at) => Math.max(3, ...all.map((row) => row[at].length)));
  const line = (row) =>
    `| ${row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at ? `${"-".repeat(width - 1)}:` : "-".repeat(width))).join(" | ")} |`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join("\n");
}
