import { IdAttributePlugin } from "@11ty/eleventy";

export default function (config) {
  config.addPassthroughCopy({ static: "/" });
  // A picture beside a post is published beside its page.
  config.addPassthroughCopy("content/**/*.{png,jpg,jpeg,gif,webp,avif,svg,pdf,mp3,mp4,webm,zip}", {
    mode: "html-relative",
    failOnError: false,
  });
  // Texts of an old site may have an id twice, which browsers bear.
  config.addPlugin(IdAttributePlugin, { checkDuplicates: false });
  config.addPreprocessor("drafts", "*", (data) => {
    if (data.draft && process.env.ELEVENTY_RUN_MODE === "build") return false;
  });
  config.setFrontMatterParsingOptions({ excerpt: true, excerpt_separator: "<!-- more -->" });
  config.addFilter("atTime", (date) => date.toUTCString());
  // Control characters, which no feed can hold and nobody sees.
  config.addFilter("plain", (text) => String(text).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, ""));
  config.addFilter("itemsOf", (pages, list) => {
    const all = pages.filter((page) => page.url).reverse();
    if (list.of_posts) return all.filter((page) => page.inputPath.startsWith("./content/blog/"));
    if (list.kind === "term") {
      return all.filter((page) => [page.data[list.taxonomy] ?? []].flat().map(String).includes(list.title));
    }
    return all.filter((page) => page.url.startsWith(list.address));
  });
}

export const config = {
  dir: { input: "content", includes: "_includes", data: "_data" },
  // Braces in Markdown are text.
  markdownTemplateEngine: false,
};
