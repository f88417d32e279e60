export { Basket } from "./basket.ts";
export { cancelOrder } from "./refund.ts";
export { shippingCents } from "./shipping.ts";
export { taxCents } from "./tax.ts";
