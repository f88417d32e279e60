export interface Book {
  readonly isbn: string;
  readonly title: string;
  readonly author: string;
  readonly priceCents: number;
  readonly published: Date;
}

export type Genre = "fiction" | "history" | "science";
