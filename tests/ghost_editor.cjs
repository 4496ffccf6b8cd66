// What Ghost makes of imported HTML: a list of texts on stdin, as JSON; on stdout what it would publish for each.
const from = (name) => require(require.resolve(name, { paths: [process.argv[2]] }));
const { htmlToLexical } = from("@tryghost/kg-html-to-lexical");
const renderer = from("@tryghost/kg-lexical-html-renderer");
const { DEFAULT_NODES } = from("@tryghost/kg-default-nodes");
const Renderer = renderer.default || renderer.LexicalHTMLRenderer || renderer;

(async () => {
  const made = [];
  for (const html of JSON.parse(require("fs").readFileSync(0, "utf8"))) {
    const document = JSON.stringify(htmlToLexical(html, { nodes: DEFAULT_NODES }));
    made.push(await new Renderer({ nodes: DEFAULT_NODES }).render(document, { siteUrl: "https://example.org" }));
  }
  process.stdout.write(JSON.stringify(made));
})();
