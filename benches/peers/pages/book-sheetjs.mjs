// SheetJS writes a table of text.

import { utils, write as writeBook } from "xlsx";

/** The bytes of the file, deflated as any .xlsx is. */
export function write(table) {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(table), "Weave");
  return writeBook(book, { type: "array", bookType: "xlsx", compression: true });
}
