<?php
/**
 * Import exports into an empty WordPress and write what is there then:
 * php import.php WORDPRESS_FOLDER UPLOADS EXPORT.xml... > database.json
 *
 * The WordPress in the folder must be set up, with the plug-in wordpress-importer in it; its posts, terms, comments and
 * users (but for the first) are replaced. Each export is imported by an importer of its own, as somebody would who
 * uploads one after the other. Types and taxonomies that a plug-in would register are registered. Files come from the
 * folder UPLOADS, those that are not there, or no picture in spite of their names, are a pixel or a byte; nothing is fetched.
 */

[$_, $folder, $uploads] = $argv;
$exports = array_slice($argv, 3);
$_SERVER += ['HTTP_HOST' => 'localhost', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_NAME' => 'localhost'];
define('WP_HTTP_BLOCK_EXTERNAL', false);
define('WP_LOAD_IMPORTERS', true);
define('IMPORT_DEBUG', true);
define('DISABLE_WP_CRON', true);
define('ALLOW_UNFILTERED_UPLOADS', true);
error_reporting(E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED);
require "$folder/wp-load.php";
foreach (['post', 'comment', 'taxonomy', 'image', 'file', 'media', 'import', 'user', 'nav-menu'] as $name) {
    require_once ABSPATH . "wp-admin/includes/$name.php";
}
require_once WP_PLUGIN_DIR . '/wordpress-importer/wordpress-importer.php';

$remarks = [];
set_error_handler(function ($level, $message, $file, $line) use (&$remarks) {
    if (error_reporting() & $level) {
        $remarks["$message (" . basename($file) . ":$line)"] = true;
    }
    return true;
});

global $wpdb;
foreach ([$wpdb->posts, $wpdb->postmeta, $wpdb->comments, $wpdb->commentmeta, $wpdb->termmeta] as $table) {
    $wpdb->query("TRUNCATE $table");
}
$wpdb->query("TRUNCATE $wpdb->term_relationships");
$wpdb->query("DELETE FROM $wpdb->terms WHERE term_id > 1");
$wpdb->query("DELETE FROM $wpdb->term_taxonomy WHERE term_id > 1");
$wpdb->query("DELETE FROM $wpdb->users WHERE ID > 1");
$wpdb->query("DELETE FROM $wpdb->usermeta WHERE user_id > 1");
update_option('sticky_posts', []);
wp_cache_flush();
wp_set_current_user(1);
kses_remove_filters();
add_filter('upload_mimes', fn($types) => $types + ['svg' => 'image/svg+xml', 'xml' => 'text/xml', 'json' => 'application/json']);
add_filter('intermediate_image_sizes_advanced', fn() => []);
add_filter('big_image_size_threshold', fn() => false);
add_filter('pre_http_request', function ($_, $arguments, $url) use ($uploads) {
    $path = rawurldecode((string) parse_url($url, PHP_URL_PATH));
    $file = "$uploads/" . preg_replace('~^.*?/wp-content/uploads/~', '', $path);
    $bytes = is_file($file) ? file_get_contents($file) : 'x';
    $kind = strtolower(pathinfo($path, PATHINFO_EXTENSION));
    $print = 'image' . ($kind === 'jpg' ? 'jpeg' : $kind);
    if (in_array($print, ['imagejpeg', 'imagepng', 'imagegif', 'imagewebp']) && !@getimagesizefromstring($bytes)) {
        ob_start();
        $print(imagecreatetruecolor(1, 1));
        $bytes = ob_get_clean();
    }
    file_put_contents($arguments['filename'], $bytes);
    $headers = new Requests_Utility_CaseInsensitiveDictionary(['content-length' => (string) strlen($bytes)]);
    return ['headers' => $headers, 'body' => '', 'response' => ['code' => 200, 'message' => 'OK'], 'cookies' => [], 'filename' => $arguments['filename']];
}, 10, 3);

$texts = array_map('file_get_contents', $exports);
$whole = implode("\n", $texts);
preg_match_all('~<wp:post_type>(?:<!\[CDATA\[)?([\w-]+)~', $whole, $types);
preg_match_all('~<wp:term_taxonomy>(?:<!\[CDATA\[)?([\w-]+)|<category domain="([\w-]+)"~', $whole, $taxonomies);
foreach (array_unique($types[1]) as $type) {
    post_type_exists($type) || register_post_type($type, ['public' => true, 'hierarchical' => true, 'supports' => ['title', 'editor', 'comments']]);
}
foreach (array_unique(array_filter(array_merge($taxonomies[1], $taxonomies[2]))) as $taxonomy) {
    taxonomy_exists($taxonomy) || register_taxonomy($taxonomy, null, ['hierarchical' => true]);
}
unset($texts, $whole);

$ids = $menus = $logs = $moved = [];
foreach ($exports as $number => $export) {
    $importer = new WP_Import();
    $importer->fetch_attachments = true;
    $data = (new WXR_Parser())->parse($export);
    if (is_wp_error($data)) {
        $logs[] = $data->get_error_message();
        continue;
    }
    $_POST['imported_authors'] = array_keys($data['authors']);
    $_POST['user_map'] = array_map(fn($login) => username_exists($login) ?: '', $_POST['imported_authors']);
    unset($data);
    ob_start();
    $importer->import($export);
    $logs[] = preg_replace('~\s*<br ?/?>\s*|</p>~', "\n", ob_get_clean());
    $ids = $importer->processed_posts + $ids;
    $menus = $importer->processed_menu_items + $menus;
    $moved += $importer->url_remap;
}

$posts = [];
$sticky = get_option('sticky_posts');
foreach ($wpdb->get_results("SELECT * FROM $wpdb->posts WHERE post_type != 'revision'", ARRAY_A) as $post) {
    $id = $post['ID'];
    $post['login'] = get_userdata($post['post_author'])->user_login ?? '';
    $post['sticky'] = in_array($id, $sticky);
    $post['meta'] = $wpdb->get_results($wpdb->prepare("SELECT meta_key, meta_value FROM $wpdb->postmeta WHERE post_id = %d ORDER BY meta_id", $id), ARRAY_N);
    $post['terms'] = $wpdb->get_results($wpdb->prepare("SELECT taxonomy, slug FROM $wpdb->term_relationships JOIN $wpdb->term_taxonomy USING (term_taxonomy_id) JOIN $wpdb->terms USING (term_id) WHERE object_id = %d", $id), ARRAY_N);
    $post['comments'] = $wpdb->get_results($wpdb->prepare("SELECT * FROM $wpdb->comments WHERE comment_post_ID = %d ORDER BY comment_ID", $id), ARRAY_A);
    $posts[$id] = $post;
}
$terms = $wpdb->get_results("SELECT term_id, taxonomy, slug, name, description, parent FROM $wpdb->terms JOIN $wpdb->term_taxonomy USING (term_id)", ARRAY_A);
$users = $wpdb->get_results("SELECT user_login, user_email, display_name FROM $wpdb->users WHERE ID > 1", ARRAY_A);
echo json_encode(
    ['ids' => (object) $ids, 'menus' => (object) $menus, 'posts' => (object) $posts, 'terms' => $terms, 'users' => $users,
     'moved' => (object) $moved,
     'log' => implode("\n", $logs), 'remarks' => array_keys($remarks)],
    JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE
);
