// ExcelJS writes a table of text.

import ExcelJS from "exceljs/dist/exceljs.min.js";

/** The bytes of the file. */
export async function write(table) {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("Weave").addRows(table);
  return book.xlsx.writeBuffer();
}
