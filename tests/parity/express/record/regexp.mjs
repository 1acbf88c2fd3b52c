// Records JavaScript's regular expressions: node record/regexp.mjs > ../../core/options/data/regexp.json
const rows = [];
const patterns = [
  ['\\.test$', ''], ['a.test', ''], ['^http://a\\.test$', ''], ['^HTTP', 'i'], ['a', 'g'], ['test', 'y'], ['http', 'y'], ['^b', 'm'], ['a$', 'm'], ['a$', ''], ['a.b', 's'], ['a.b', ''],
  ['^https?://([^.]+\\.)?example\\.(com|org)(:\\d+)?$', ''], ['[a-c]+x', ''], ['[^a-c]', ''], ['[]', ''], ['[^]', ''], ['[[]', ''], ['[\\]]', ''], ['[a\\-z]', ''], ['[-a]', ''], ['[\\d-z]', ''],
  ['\\s', ''], ['\\S', ''], ['[\\s]', ''], ['[\\S]', ''], ['\\w+\\W', ''], ['\\bexample\\b', ''], ['\\Bx', ''], ['(a)\\1', ''], ['(?:ab)+', ''], ['(?=h)http', ''], ['(?!h)http', ''], ['(?<=//)a', ''],
  ['(?<scheme>https?)://', ''], ['(?<q>a)\\k<q>', ''], ['\\k<q>', ''], ['\\u0061', ''], ['\\x61', ''], ['\\u{61}', 'u'], ['\\u{61}', ''], ['\\cJ', ''], ['\\0', ''], ['\\/', ''], ['\\h\\z\\Q', ''], ['a{2}', ''], ['a{,2}', ''], ['a{1', ''], ['}', ''],
  [']', ''], ['a|b|', ''], ['a*?b', ''], ['(', ''], ['(', 'i'], [')', ''], ['*a', ''], ['a**', ''], ['a++', ''], ['[a', ''], ['\\', ''], ['(?a)', ''], ['(?i:a)', ''], ['a{2,1}', ''], ['[b-a]', ''], ['(?<a', ''],
  ['(?<a>x)(?<a>y)', ''], ['{1}', ''], ['^*', ''], ['(?=a)*', ''], ['(?<=a)*', ''], ['\\b+', ''], ['(?:', ''], ['a|*', ''], ['(*a)', ''], ['{', 'u'], ['a', 'x'], ['a', 'gg'], ['a', 'uv'], ['\\k<a>(?<b>x)', ''], ['undefined', ''], ['', ''],
];
const texts = ['http://a.test', 'https://x.example.org:8443', 'http://a.test\n', 'aab', 'a\nb', 'A', '-z', ' ', '\u00a0', 'hzQ', '{,2}', 'u{61}uuu', '', 'undefined', 'aa aa', 'kq]['];
for (const [source, flags] of patterns) {
  try {
    const expression = new RegExp(source, flags);
    rows.push({ source, flags, results: texts.map((t) => expression.test(t)) });
  } catch (err) { rows.push({ source, flags, refused: err.message }); }
}
process.stdout.write(JSON.stringify({ texts }).slice(0, -1) + ',\n"rows": [\n' + rows.map((r) => JSON.stringify(r)).join(',\n') + '\n]}\n');
