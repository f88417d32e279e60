export interface OrderLine {
  readonly isbn: string;
  readonly copies: number;
  readonly unitCents: number;
}

export interface Order {
  readonly id: string;
  readonly lines: readonly OrderLine[];
  /** A member's order; members pay for express delivery at the door. */
  readonly member: boolean;
  readonly express: boolean;
}

export interface Customer {
  readonly name: string;
  readonly email?: string;
  readonly since: number;
}
