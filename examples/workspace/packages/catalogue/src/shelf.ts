import type { Book, Genre } from "./book.ts";

export class Shelf {
  protected readonly books: Book[] = [];

  add(book: Book): void {
    this.books.push(book);
  }

  label(): string {
    return `${this.books.length} books`;
  }

  find(isbn: string): Book | undefined {
    return this.books.find((book) => book.isbn === isbn);
  }
}

/** Holds what customers have put aside; nobody else may find it. */
export class ReservedShelf extends Shelf {
  label(): string {
    return `${this.books.length} reserved`;
  }

  find(): undefined {
    return undefined;
  }
}

export class DisplayShelf extends Shelf {
  private readonly limit = 12;

  add(book: Book): void {
    if (this.books.length < this.limit) super.add(book);
  }
}
