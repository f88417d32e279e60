/**
 * The program that compiles Python files, as text for `python3 -c`: the same for every project, and older than nothing
 * that Python 3.6 does not know. It reads from standard input a JSON list of files, or null for all below the current
 * folder, and prints one JSON document. It never imports, runs or writes anything of the project's.
 */

/**
 * Walks without following links, and leaves out repositories, `node_modules` and virtual environments: in a worktree of
 * stet's all that is left is tracked. A file name that is not UTF-8 is told with U+FFFD, as git's are. `compile` on bytes
 * honours the coding line of PEP 263 and a BOM. A column counts UTF-16 code units, from 1. What the compiler cannot take
 * in for its depth or size is a fault of the file as well.
 */
export const COMPILE_ALL = String.raw`
import io, json, os, re, sys, tokenize, warnings

warnings.simplefilter("ignore")
sys.dont_write_bytecode = True

def python_files():
    for folder, names, files in os.walk(b"."):
        names[:] = sorted(n for n in names if n not in (b".git", b"node_modules")
                          and not os.path.exists(os.path.join(folder, n, b"pyvenv.cfg")))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(b".py") and not os.path.islink(path):
                yield path[2:]

def column(data, line, offset):
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        text = re.split(r"\r\n|\r|\n", data.decode(encoding))[line - 1]
        return len(text[:max(0, offset - 1)].encode("utf-16-le", "surrogatepass")) // 2 + 1
    except Exception:
        return max(1, offset)

def fault(path):
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return 1, 1, "cannot be read: " + (error.strerror or "?"), "OSError"
    try:
        compile(data, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = error.lineno or 1
        return line, column(data, line, error.offset or 1), error.msg or "invalid syntax", type(error).__name__
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        return 1, 1, str(error) or "too deep to be compiled", type(error).__name__
    return None

wanted = json.load(sys.stdin)
paths = python_files() if wanted is None else (os.fsencode(one) for one in wanted)
count, faults = 0, []
for path in paths:
    count += 1
    found = fault(path)
    if found:
        line, at, message, kind = found
        name = path.decode("utf-8", "replace").replace(os.sep, "/")
        faults.append({"file": name, "line": line, "column": at, "message": message, "kind": kind})
json.dump({"files": count, "faults": faults}, sys.stdout)
`;
