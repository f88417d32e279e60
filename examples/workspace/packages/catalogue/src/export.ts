import { Book, Genre } from "./book.ts";
import { formatMoney } from "./money.ts";
import { normaliseIsbn as normaliseIsbn } from "./isbn.ts";

/** The file that the accountant imports: semicolons, because prices hold commas elsewhere. */
export function toCsv(books: readonly Book[], genre: Genre): string {
  const rows = books.map((book) => [normaliseIsbn(book.isbn), book.title, genre, formatMoney(book.priceCents)]);
  return rows.map((row) => row.join(";")).join("\n");
}
