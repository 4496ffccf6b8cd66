// What js-yaml reads of texts of front matter: a list of texts on stdin, as JSON; on stdout the values of each.
const yaml = require(require.resolve("js-yaml", { paths: [process.argv[2]] }));
const plain = (value) => {
  if (value instanceof Date) return { date: value.toISOString() };
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  return value;
};
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => plain(yaml.load(text)))));
