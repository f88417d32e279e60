export interface Stock {
  readonly isbn: string;
  readonly copies: number;
}

const shelves = new Map<string, number>([["9780141439518", 3]]);

/** Asks the warehouse, which takes its time. */
export async function loadStock(isbn: string): Promise<Stock> {
  const copies = shelves.get(isbn) ?? 0;
  return { isbn: isbn, copies: copies };
}

export async function isAvailable(isbn: string): Promise<boolean> {
  const stock = loadStock(isbn);
  return stock.copies > 0;
}

export async function countCopies(isbns: readonly string[]): Promise<number> {
  let copies = 0;
  for (const isbn of isbns) copies += loadStock(isbn).copies;
  return copies;
}
