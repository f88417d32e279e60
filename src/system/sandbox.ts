/**
 * Containment: where programs that are not stet's own run. Three levels, the strongest that the machine has: `bwrap`
 * (explicit binds, own namespaces), `unshare` (own process tree and network, the whole file system still there) and
 * `none` (a scrubbed environment and a sweep for what was left behind). What could not be enforced is said as codes.
 * Nothing here decides what a program's outcome means.
 */
export { probeCapabilities, type ProbeOptions } from "./sandbox/capabilities.ts";
export {
  ContainmentFault,
  type Capabilities,
  type Container,
  type Containment,
  type Dependencies,
  type Overlay,
  type Probe,
} from "./sandbox/container.ts";
export { forgetCapabilities } from "./sandbox/remembered.ts";
export { runContained } from "./sandbox/contained.ts";
export { connectContained, startContained } from "./sandbox/conversing.ts";
export { endMarked } from "./sandbox/sweep.ts";
