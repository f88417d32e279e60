import type { Customer } from "./order.ts";
import { greet, addressOf } from "./contact.ts";

export interface Channel {
  send(customer: Customer, text: string): Promise<boolean>;
  cancel(id: string): Promise<void>;
}

export abstract class Paced {
  protected pauseMs(): number {
    return 50;
  }
}

/** Letters go out on Fridays. Whether a letter can still be called back is for the post office to say. */
export class LetterChannel extends Paced implements Channel {
  pauseMs(): number {
    return 500;
  }

  async send(customer: Customer, text: string): Promise<boolean> {
    const letter = `${greet(customer, true)},\n${text}`;
    return letter.length > 0;
  }
}

export async function announce(channel: LetterChannel, customers: readonly Customer[]): Promise<number> {
  let reached = 0;
  for (const customer of customers) {
    const sent = channel.send(customer, "New books are in.");
    if (sent) reached += 1;
  }
  return reached;
}
