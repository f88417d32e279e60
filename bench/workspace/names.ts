/** Names for up to 5,000 modules, as a shop's code would have them: `ColdInvoice` in `src/billing/cold-invoice.ts`. */
export interface ModuleName {
  /** `ColdInvoice`: the interface, and what functions and classes are called after. */
  readonly type: string;
  /** `coldInvoice` */
  readonly field: string;
  /** Relative to the workspace, with `/`. */
  readonly file: string;
}

const LAYERS = ["storage", "catalogue", "pricing", "orders", "billing", "shipping", "accounts", "reports"];

const QUALITIES = (
  "Cold Warm Old New Open Closed Large Small Early Late Plain Mixed Local Foreign Heavy Light Short Long Daily Weekly " +
  "Yearly First Final Public Private Paid Unpaid Urgent Regular Seasonal Partial Whole Simple Double Single Spare " +
  "Broken Fresh Frozen Dry Liquid Fragile Bulky Rented Sold Lost Found Shared Hidden Visible"
).split(" ");

const THINGS = (
  "Invoice Order Carton Shelf Pallet Basket Receipt Refund Voucher Coupon Payment Account Ledger Balance Statement " +
  "Parcel Label Address Route Courier Depot Truck Driver Schedule Shift Roster Contract Clause Supplier Buyer Seller " +
  "Customer Visitor Member Badge Discount Offer Price Tariff Tax Duty Rate Quote Estimate Budget Forecast Report Chart " +
  "Table Index Catalogue Product Variant Bundle Sample Batch Lot Serial Stock Return Claim Dispute Notice Reminder " +
  "Letter Message Ticket Issue Task Project Plan Phase Step Stage Audit Review Rating Comment Question Answer Survey " +
  "Poll Vote Event Booking Seat Room Floor Building Site Region Country Currency Bank Card Cheque Deposit Loan Lease " +
  "Permit Licence"
).split(" ");

/** Of the things, so many have a turn with each quality. */
const MAX_THINGS = 100;
/** Neighbours are about different things. */
const STEP = 7;

export const MAX_MODULES = QUALITIES.length * MAX_THINGS;

/** The name of module `index` of `count`; each index has its own. Low indexes stand in low layers. */
export function nameOf(index: number, count: number): ModuleName {
  if (index >= MAX_MODULES || count > MAX_MODULES) throw new RangeError(`only ${MAX_MODULES} modules have names`);
  const turn = index % QUALITIES.length;
  const quality = QUALITIES[turn] ?? "";
  const thing = THINGS[(Math.floor(index / QUALITIES.length) + STEP * turn) % MAX_THINGS] ?? "";
  const layer = LAYERS[Math.floor((index / count) * LAYERS.length)] ?? "";
  const field = `${quality.toLowerCase()}${thing}`;
  return { type: `${quality}${thing}`, field, file: `src/${layer}/${quality.toLowerCase()}-${thing.toLowerCase()}.ts` };
}
