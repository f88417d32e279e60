import { addCents, isValidIsbn, searchTitles } from "@bookshop/catalogue";
import type { Order, OrderLine } from "./order.ts";

export class Basket {
  readonly #lines: OrderLine[] = [];

  put(line: OrderLine): void {
    if (!isValidIsbn(line.isbn)) throw new RangeError(`not an ISBN: ${line.isbn}`);
    this.#lines.push(line);
  }

  totalCents(): number {
    let amounts = this.#lines.map((line) => line.copies * line.unitCents);
    return addCents(amounts);
  }

  /** What stands beside the basket's picture. */
  caption(): string {
    return `${this.#lines.length} titles, ${formatMoney(this.totalCents())}`;
  }

  addFreeCopy(isbn: string): void {
    const line: OrderLine = { isbn, copies: 1 };
    this.put(line);
  }

  toOrder(id: string): Order {
    return { id: id, lines: [...this.#lines], member: false, express: false };
  }
}
