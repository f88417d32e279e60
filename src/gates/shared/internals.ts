/**
 * Which path segments are git's own, or stet's, however they are spelled. A file system that folds letter case, drops
 * trailing dots and spaces, ignores invisible characters or knows short names opens `.git` under each of these names.
 * The rules follow git's own checks for NTFS and HFS+ (git: path.c is_ntfs_dotgit, utf8.c is_hfs_dotgit).
 */

/** What HFS+ ignores in a name. */
const IGNORED_IN_NAMES = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
const INTERNAL = new Set([".git", ".gitmodules", ".gitattributes", ".stet"]);
/** NTFS short names of the above; the hexadecimal ones are those it gives when the plain one is taken. */
const SHORT_NAME = /^(?:git|gitmod|gitatt|stet|gi7eba|gi7d29)~\d+$/;

export function isInternal(segment: string): boolean {
  const [stem = ""] = segment.replace(IGNORED_IN_NAMES, "").toLowerCase().split(":");
  const name = stem.replace(/[ .]+$/, "");
  return INTERNAL.has(name) || SHORT_NAME.test(name);
}
