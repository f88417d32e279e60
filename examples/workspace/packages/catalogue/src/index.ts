export type { Book, Genre } from "./book.ts";
export { describeIsbn, isValidIsbn, normaliseIsbn } from "./isbn.ts";
export { addCents, formatMoney } from "./money.ts";
export { newest, searchAuthors, searchTitles } from "./search.ts";
export { DisplayShelf, ReservedShelf, Shelf } from "./shelf.ts";
export { countCopies, isAvailable, loadStock } from "./stock.ts";
