import type { Token } from './st';

/** A plant file, line by line: keys and comments are told apart from all else. */
export function yamlTokens(text: string): Token[][] {
  return text.split(/\r\n|\r|\n/).map((line) => {
    const comment = /(^|\s)#/.exec(quotesBlank(line));
    const end = comment ? comment.index : line.length;
    const key = /^(\s*(?:- )?)([\p{L}\p{N}_][\p{L}\p{N}._-]*)(?=:(?:\s|$))/u.exec(line.slice(0, end));
    const tokens: Token[] = [];
    const add = (kind: Token['kind'], part: string) => {
      if (part) tokens.push({ kind, text: part });
    };
    if (key) {
      add('other', key[1]!);
      add('keyword', key[2]!);
    }
    add('other', line.slice(key?.[0].length ?? 0, end));
    add('comment', line.slice(end));
    return tokens;
  });
}

/** What stands between quotes is no comment. */
function quotesBlank(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, (quoted) => '_'.repeat(quoted.length));
}
