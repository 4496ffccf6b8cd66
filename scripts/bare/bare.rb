# frozen_string_literal: true

# A Jekyll plug-in for comparing what a site says, whatever its theme and plug-ins: layouts are left out, so that a
# page's file is its content; tags and filters of plug-ins that are not installed, includes and links to files that are
# not there write nothing instead of stopping the build; and redirect_from makes the pages of jekyll-redirect-from.

Jekyll::Hooks.register(:site, :post_read) { |site| site.layouts.clear }

module Bare
  class Nothing < Liquid::Tag; end

  module UnknownTags
    BRANCHES = %w[else elsif when].freeze

    def [](name)
      super || (BRANCHES.include?(name) || (name.start_with?("end") && key?(name.delete_prefix("end"))) ? nil : Nothing)
    end

    def key?(name)
      any? { |known, _| known == name }
    end
  end
  Liquid::Template.tags.extend(UnknownTags)

  module Missing
    def render(context)
      super
    rescue ArgumentError, IOError, Jekyll::Errors::PostURLError, Jekyll::Errors::InvalidPostNameError => e
      Jekyll.logger.warn("Bare:", e.message.lines.first.to_s.strip)
      ""
    end
  end
  [Jekyll::Tags::Link, Jekyll::Tags::PostUrl, Jekyll::Tags::IncludeTag].each { |tag| tag.prepend(Missing) }

  module Unrenderable
    def render_liquid(content, payload, info, path = nil)
      super
    rescue StandardError => e
      Jekyll.logger.warn("Bare:", "#{path}: #{e.message.lines.first.to_s.strip}")
      "<!-- not rendered -->"
    end
  end
  Jekyll::Renderer.prepend(Unrenderable)

  class Redirects < Jekyll::Generator
    def generate(site)
      (site.pages + site.docs_to_write).each do |page|
        Array(page.data["redirect_from"]).flatten.compact.each do |old|
          site.pages << redirect(site, old.to_s, page.url)
        end
      end
    end

    def redirect(site, old, target)
      page = Jekyll::PageWithoutAFile.new(site, site.source, "", "redirect.html")
      page.data.merge!("permalink" => old, "layout" => nil, "render_with_liquid" => false)
      page.content = %(<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0; url=#{target}"></head></html>)
      page
    end
  end
end
