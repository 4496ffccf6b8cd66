<?php
/**
 * Render posts as a WordPress shows them: php render.php WORDPRESS_FOLDER < posts.json > rendered.json
 *
 * Reads {"home": URL, "items": [{id, type, parent, order, title, content, excerpt, mime, url, meta}]} and writes
 * {"<id>": HTML} for every item that has content. The WordPress in the folder must be set up (a new, empty site); its
 * posts are replaced. Nothing is fetched: what oEmbed would show is <a class="oembed" href="URL">,
 * and the page of an attachment is the attachment itself.
 */

[$_, $folder] = $argv;
$_SERVER += ['HTTP_HOST' => 'localhost', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_NAME' => 'localhost'];
define('WP_INSTALLING', !is_file("$folder/.installed"));
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
error_reporting(E_ERROR);
require "$folder/wp-load.php";
if (WP_INSTALLING) {
    require ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install('fixture', 'admin', 'admin@localhost.example', true, '', 'secret');
    touch("$folder/.installed");
    fwrite(STDERR, "WordPress is set up now; run again\n");
    exit(1);
}

$given = json_decode(stream_get_contents(STDIN), true);
$home = untrailingslashit($given['home']);
foreach (['pre_option_home', 'pre_option_siteurl'] as $option) {
    add_filter($option, fn() => $home);
}
add_filter('upload_dir', fn($dirs) => ['baseurl' => "$home/wp-content/uploads"] + $dirs);
remove_filter('the_content', 'capital_P_dangit', 11); // which corrects its authors
add_filter('pre_oembed_result', fn($_, $url) => kept_frame($url) ?? '<a class="oembed" href="' . esc_url($url) . '"></a>', 10, 2);
add_filter('wp_get_attachment_url', fn($_, $id) => get_post($id)->guid, 10, 2);
add_filter('image_downsize', fn($_, $id) => [get_post($id)->guid, 0, 0, false], 10, 2);
add_filter('attachment_link', fn($_, $id) => wp_get_attachment_url($id), 10, 2);

// What four plug-ins show: code, as it is written (SyntaxHighlighter, CodeColorer, WP-Syntax); addresses that begin with
// httpv (Lyte).
add_filter('the_content', function ($text) {
    $code = '~<(pre|code)(?=\s)[^<>]*?\slang=["\']?(?!en|de\b)[\w+#.-]+["\']?[^<>]*>(.*?)</\1\s*>~si';
    $text = preg_replace_callback($code, function ($found) {
        $shown = preg_match('~[<>]~', $found[2]) ? $found[2] : html_entity_decode($found[2]);
        $shown = str_replace('[', '&#91;', htmlspecialchars(trim($shown, "\r\n")));
        return $found[1] === 'code' && !str_contains($shown, "\n") ? "<code>$shown</code>" : "<pre>$shown</pre>";
    }, $text);
    $languages = 'bash|cpp|csharp|css|html|java|javascript|js|perl|php|python|ruby|shell|sql|xml';
    $code = "~\\[(sourcecode|code|$languages|crayon|cc\w*)(?:\s[^\]]*)?\](.*?)\[/\\1\]~s";
    $text = preg_replace_callback($code, function ($found) {
        $shown = htmlspecialchars(html_entity_decode(trim($found[2], "\r\n")));
        return '<pre>' . str_replace('[', '&#91;', $shown) . '</pre>';
    }, $text);
    return preg_replace('~^http[va](://\S+)\s*$~m', "<p><a class=\"oembed\" href=\"https$1\"></a></p>\n", $text);
}, 1);
add_theme_support('html5', ['gallery', 'caption']);

// What a provider answered is in a field of the post, named for the address and the room that the old theme had for it.
function kept_frame(string $url): ?string
{
    global $post;
    $answers = array_filter(get_post_meta($post->ID), fn($name) => str_starts_with($name, '_oembed_'), ARRAY_FILTER_USE_KEY);
    for ($width = 1; $answers && $width < 2000; $width++) {
        $height = (int) min(ceil($width * 1.5), 1000);
        foreach ([$height, (float) $height] as $room) {
            $name = '_oembed_' . md5($url . serialize(['width' => $width, 'height' => $room]));
            if (str_starts_with(ltrim($answers[$name][0] ?? ''), '<iframe')) {
                return $answers[$name][0];
            }
        }
    }
    return null;
}

// What these show is made from the whole site when a page is viewed, and is in no post.
$generated = 'archives avatar calendar categories comment-author-name comment-content comment-date comment-edit-link
    comment-reply-link comment-template comments comments-pagination comments-title home-link latest-comments
    latest-posts loginout navigation page-list post-author post-author-biography post-author-name post-comments-form post-content
    post-date post-excerpt post-featured-image post-navigation-link post-terms post-title query query-title read-more
    rss search site-logo site-tagline site-title tag-cloud template-part term-description';
foreach (preg_split('/\s+/', $generated) as $name) {
    add_filter("render_block_core/$name", fn() => '', 99);
}

global $wpdb;
foreach ([$wpdb->posts, $wpdb->postmeta] as $table) {
    $wpdb->query("DELETE FROM $table");
}
foreach ($given['items'] as $item) {
    $wpdb->insert($wpdb->posts, [
        'ID' => $item['id'], 'post_type' => $item['type'], 'post_parent' => $item['parent'],
        'menu_order' => $item['order'], 'post_title' => $item['title'], 'post_content' => $item['content'],
        'post_excerpt' => $item['excerpt'], 'post_mime_type' => $item['mime'], 'guid' => $item['url'],
        'post_status' => $item['type'] === 'attachment' ? 'inherit' : 'publish', 'post_name' => "item-{$item['id']}",
        'post_date' => '2024-01-01 00:00:00', 'post_date_gmt' => '2024-01-01 00:00:00', 'post_author' => 1,
        'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '',
        'post_modified' => '2024-01-01 00:00:00', 'post_modified_gmt' => '2024-01-01 00:00:00',
    ]);
    foreach ($item['meta'] as [$key, $value]) {
        try {
            add_post_meta($item['id'], $key, wp_slash(maybe_unserialize($value)));
        } catch (Throwable $error) { // such as objects of classes that only a plug-in knows
            fwrite(STDERR, "item {$item['id']}: the field $key: {$error->getMessage()}\n");
        }
    }
}
wp_cache_flush();

ob_start(); // some blocks print
$rendered = [];
foreach ($given['items'] as $item) {
    if (trim($item['content']) === '' || $item['type'] === 'attachment') {
        continue;
    }
    global $post, $wp_query;
    $post = get_post($item['id']);
    $wp_query = new WP_Query(['p' => $item['id'], 'post_type' => 'any']);
    setup_postdata($post);
    try {
        $rendered[$item['id']] = apply_filters('the_content', $post->post_content);
    } catch (Throwable $error) {
        fwrite(STDERR, "item {$item['id']}: not shown: {$error->getMessage()}\n");
    }
}
ob_end_clean();
echo json_encode((object) $rendered, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRETTY_PRINT | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
