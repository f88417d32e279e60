/** What a Cargo.lock asks for, read by its lines: cargo writes the file, always in the same form. */

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** The commit, of a package from a git repository. */
  readonly revision?: string;
}

/** The packages that come from elsewhere; those of the repository itself have no source. */
export function lockedPackages(lock: string): LockedPackage[] {
  const blocks = lock.split(/^\[\[package\]\]\s*$/m).slice(1);
  return blocks.flatMap((block): LockedPackage[] => {
    const value = (name: string): string => new RegExp(`^${name} = "([^"\\n]*)"`, "m").exec(block)?.[1] ?? "";
    const source = value("source");
    if (source === "") return [];
    const revision = source.startsWith("git+") ? source.slice(source.lastIndexOf("#") + 1) : undefined;
    return [{ name: value("name"), version: value("version"), ...(revision !== undefined && { revision }) }];
  });
}
