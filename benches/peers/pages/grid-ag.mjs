// The plan in AG Grid Community: virtual rows and columns, titles and totals
// pinned, the space bar steps a cell. Only the modules that this needs.

import {
  ClientSideRowModelModule,
  ModuleRegistry,
  PinnedRowModule,
  RenderApiModule,
  createGrid,
  themeQuartz,
} from "ag-grid-community";
import { letters, step } from "./plan.mjs";

ModuleRegistry.registerModules([ClientSideRowModelModule, PinnedRowModule, RenderApiModule]);

/** Draws the plan. */
export function render(element, plan) {
  const foot = { foot: true };
  const cols = plan.cols.map((col, at) => ({
    colId: `c${at}`,
    headerName: col.code,
    width: 28,
    minWidth: 28,
    valueGetter: ({ data }) => (data.foot ? plan.colTotals[at] : letters[plan.levels[data.row][at]]),
  }));
  const api = createGrid(element, {
    rowData: plan.rows.map((_, row) => ({ row })),
    pinnedBottomRowData: [foot],
    columnDefs: [
      { colId: "code", headerName: "", width: 70, pinned: "left", valueGetter: ({ data }) => plan.rows[data.row]?.code },
      { colId: "title", headerName: "", width: 200, pinned: "left", valueGetter: ({ data }) => plan.rows[data.row]?.title },
      ...cols,
      { colId: "sum", headerName: "", width: 60, pinned: "right", valueGetter: ({ data }) => plan.rowTotals[data.row] },
    ],
    defaultColDef: { sortable: false, resizable: false, suppressMovable: true },
    getRowId: ({ data }) => String(data.row ?? "foot"),
    theme: themeQuartz.withParams({ cellHorizontalPadding: 4 }),
    rowHeight: 24,
    headerHeight: 64,
    animateRows: false,
    suppressColumnMoveAnimation: true,
    onCellKeyDown({ event, column, node }) {
      const id = column.getColId();
      if (event.key !== " " || node.rowPinned || !/^c\d/.test(id)) return;
      event.preventDefault();
      step(plan, node.data.row, Number(id.slice(1)));
      api.refreshCells({ rowNodes: [node, api.getPinnedBottomRow(0)], columns: [id, "sum"] });
    },
  });
}
