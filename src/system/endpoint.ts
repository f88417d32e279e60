/**
 * Where keys may go: https, or http on this machine itself; a host; no credentials in the address, which would end up in
 * logs. Checked before anything is printed or sent (capability M3).
 */
import { EXIT, Problem } from "../domain/problem.ts";

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** Throws `Problem` (78) with the address masked. */
export function endpoint(address: string): URL {
  const url = URL.parse(address);
  if (!url) throw refused(address, "no-address");
  if (url.username !== "" || url.password !== "") throw refused(address, "credentials");
  if (url.hostname === "") throw refused(address, "no-host");
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (!isSafe) throw refused(address, "insecure");
  if (url.search !== "" || url.hash !== "") throw refused(address, "query");
  return url;
}

function refused(address: string, why: string): Problem {
  return new Problem("endpoint-refused", { address: masked(address), why }, EXIT.config);
}

/** Without what may be secret in it: credentials, query and fragment, also where it is no address at all. */
export function masked(address: string): string {
  return address.replace(/[?#].*$/s, "").replace(/^([^/]*\/\/)?[^/]*@/, "$1***@");
}
