// The plan in x-data-spreadsheet: titles and totals in frozen rows and columns,
// the space bar steps a cell. Totals are written as texts: its own SUM would add
// up every visible row again at every drawing.

import Spreadsheet from "x-data-spreadsheet";
import "x-data-spreadsheet/dist/xspreadsheet.css";
import { letters, step } from "./plan.mjs";

/** Rows and columns before the first cell of the weave. */
const BEFORE = 2;

/** Draws the plan. */
export function render(element, plan) {
  const rows = { len: plan.rows.length + BEFORE };
  rows[0] = { cells: {} };
  rows[1] = { cells: {} };
  plan.cols.forEach((col, at) => {
    rows[0].cells[at + BEFORE] = { text: col.code };
    rows[1].cells[at + BEFORE] = { text: String(plan.colTotals[at]) };
  });
  plan.rows.forEach((row, at) => {
    const cells = {
      0: { text: `${row.code} ${row.title}` },
      1: { text: String(plan.rowTotals[at]) },
    };
    plan.levels[at].forEach((level, col) => {
      if (level) cells[col + BEFORE] = { text: letters[level] };
    });
    rows[at + BEFORE] = { cells };
  });
  const view = { width: () => element.clientWidth, height: () => element.clientHeight };
  const options = {
    view,
    showToolbar: false,
    showBottomBar: false,
    row: { len: rows.len, height: 24 },
    col: { len: plan.cols.length + BEFORE, width: 28, minWidth: 28, indexWidth: 40 },
  };
  const sheet = new Spreadsheet(element, options);
  const cols = { len: plan.cols.length + BEFORE, 0: { width: 240 }, 1: { width: 40 } };
  sheet.loadData({ freeze: "C3", rows, cols });
  addEventListener("keydown", (event) => {
    const { ri, ci } = sheet.sheet.data.selector;
    if (event.key !== " " || ri < BEFORE || ci < BEFORE) return;
    event.preventDefault();
    const [row, col] = [ri - BEFORE, ci - BEFORE];
    step(plan, row, col);
    sheet.datas[0].rows.setCellText(1, ci, String(plan.colTotals[col]));
    sheet.datas[0].rows.setCellText(ri, 1, String(plan.rowTotals[row]));
    // Its own way to set a cell, with its undo.
    sheet.cellText(ri, ci, letters[plan.levels[row][col]]).reRender();
  });
}
