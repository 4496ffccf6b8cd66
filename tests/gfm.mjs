// The HTML that GitHub's Markdown has for each of a list of texts: JSON on stdin and stdout.
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const module = pathToFileURL(`${process.argv[2]}/@astrojs/markdown-remark/dist/index.js`);
const { createMarkdownProcessor } = await import(module);
const processor = await createMarkdownProcessor({ gfm: true, smartypants: false, syntaxHighlight: false });
const made = [];
for (const each of JSON.parse(await text(process.stdin))) made.push((await processor.render(each)).code);
process.stdout.write(JSON.stringify(made));
