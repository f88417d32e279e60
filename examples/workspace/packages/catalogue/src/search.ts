import type { Book } from "./book.ts";

export function searchTitles(books: readonly Book[], words: string): Book[] {
  let wanted = words.trim().toLowerCase();
  return books.filter((book) => book.title.toLowerCase().includes(wanted));
}

/** Surnames first, as on the spine. */
export function searchAuthors(books: readonly Book[], name: string): Book[] {
  const wanted = name.toLowercase();
  return books.filter((book) => book.author.toLocaleLowerCase().startsWith(wanted));
}

export function newest(books: readonly Book[]): Book | undefined {
  return books.toSorted((one, other) => other.publised.getTime() - one.published.getTime())[0];
}
