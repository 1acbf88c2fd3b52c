// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/mimetypes.h"

#include <QHash>

namespace rt {

namespace {

const QHash<QByteArray, QByteArray> &types()
{
    static const QHash<QByteArray, QByteArray> table {
        {"html", "text/html"},
        {"htm", "text/html"},
        {"txt", "text/plain"},
        {"text", "text/plain"},
        {"log", "text/plain"},
        {"conf", "text/plain"},
        {"css", "text/css"},
        {"js", "application/javascript"},
        {"mjs", "application/javascript"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"xml", "application/xml"},
        {"xsl", "application/xml"},
        {"svg", "image/svg+xml"},
        {"csv", "text/csv"},
        {"md", "text/markdown"},
        {"markdown", "text/markdown"},
        {"ics", "text/calendar"},
        {"rtf", "application/rtf"},
        {"yaml", "text/yaml"},
        {"yml", "text/yaml"},
        {"bin", "application/octet-stream"},
        {"exe", "application/octet-stream"},
        {"dll", "application/octet-stream"},
        {"iso", "application/octet-stream"},
        {"dmg", "application/octet-stream"},
        {"zip", "application/zip"},
        {"gz", "application/gzip"},
        {"tar", "application/x-tar"},
        {"bz2", "application/x-bzip2"},
        {"rar", "application/x-rar-compressed"},
        {"7z", "application/x-7z-compressed"},
        {"pdf", "application/pdf"},
        {"doc", "application/msword"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xls", "application/vnd.ms-excel"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"ppt", "application/vnd.ms-powerpoint"},
        {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"jpe", "image/jpeg"},
        {"gif", "image/gif"},
        {"webp", "image/webp"},
        {"bmp", "image/bmp"},
        {"ico", "image/x-icon"},
        {"tif", "image/tiff"},
        {"tiff", "image/tiff"},
        {"apng", "image/apng"},
        {"mp3", "audio/mpeg"},
        {"m4a", "audio/mp4"},
        {"oga", "audio/ogg"},
        {"ogg", "audio/ogg"},
        {"wav", "audio/wav"},
        {"weba", "audio/webm"},
        {"mp4", "video/mp4"},
        {"mpeg", "video/mpeg"},
        {"mpg", "video/mpeg"},
        {"webm", "video/webm"},
        {"ogv", "video/ogg"},
        {"mov", "video/quicktime"},
        {"avi", "video/x-msvideo"},
        {"flv", "video/x-flv"},
        {"woff", "font/woff"},
        {"woff2", "font/woff2"},
        {"ttf", "font/ttf"},
        {"otf", "font/otf"},
        {"eot", "application/vnd.ms-fontobject"},
        {"wasm", "application/wasm"},
        {"jsonld", "application/ld+json"},
        {"webmanifest", "application/manifest+json"},
        {"manifest", "text/cache-manifest"},
        {"appcache", "text/cache-manifest"},
        {"xhtml", "application/xhtml+xml"},
        {"atom", "application/atom+xml"},
        {"rss", "application/rss+xml"},
        {"epub", "application/epub+zip"},
        {"jar", "application/java-archive"},
        {"sh", "application/x-sh"},
        {"php", "application/x-httpd-php"},
        {"java", "text/x-java-source"},
        {"c", "text/x-c"},
        {"h", "text/x-c"},
        {"cpp", "text/x-c"},
        {"less", "text/less"},
        {"scss", "text/x-scss"},
        {"jsx", "text/jsx"},
        {"ts", "video/mp2t"},
        {"vtt", "text/vtt"},
        {"srt", "application/x-subrip"},
        {"sql", "application/x-sql"},
        {"ini", "text/plain"},
        {"deb", "application/octet-stream"},
        {"apk", "application/vnd.android.package-archive"},
        {"crt", "application/x-x509-ca-cert"},
        {"pem", "application/x-x509-ca-cert"},
        {"der", "application/x-x509-ca-cert"},
        {"p12", "application/x-pkcs12"},
        {"sse", "application/vnd.kodak-descriptor"},
        {"vcf", "text/x-vcard"},
        {"shtml", "text/html"},
        {"jade", "text/jade"},
        {"coffee", "text/coffeescript"},
        {"jsonml", "application/jsonml+json"},
        {"geojson", "application/geo+json"},
        {"json5", "application/json5"},
        {"yang", "application/yang"},
        {"aac", "audio/x-aac"},
        {"flac", "audio/x-flac"},
        {"mid", "audio/midi"},
        {"midi", "audio/midi"},
        {"3gp", "video/3gpp"},
        {"m3u8", "application/vnd.apple.mpegurl"},
        {"mkv", "video/x-matroska"},
        {"psd", "image/vnd.adobe.photoshop"},
        {"eps", "application/postscript"},
        {"ps", "application/postscript"},
        {"ai", "application/postscript"},
        {"tex", "application/x-tex"},
        {"latex", "application/x-latex"},
        {"odt", "application/vnd.oasis.opendocument.text"},
        {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {"odp", "application/vnd.oasis.opendocument.presentation"},
        {"xap", "application/x-silverlight-app"},
        {"swf", "application/x-shockwave-flash"},
        {"bat", "application/x-msdownload"},
        {"msi", "application/octet-stream"},
        {"rpm", "application/x-redhat-package-manager"},
        {"stl", "application/vnd.ms-pki.stl"},
        {"hbs", "text/x-handlebars-template"},
    };
    return table;
}

} // namespace

QByteArray mimeLookup(QByteArrayView extensionOrName)
{
    // path.replace(/^.*[./\\]/, '').toLowerCase()
    QByteArray extension = extensionOrName.toByteArray();
    for (qsizetype i = extension.size() - 1; i >= 0; --i) {
        if (extension.at(i) == '.' || extension.at(i) == '/' || extension.at(i) == '\\') {
            extension.remove(0, i + 1);
            break;
        }
    }
    return types().value(extension.toLower(), "application/octet-stream");
}

QByteArray withDefaultCharset(const QByteArray &value)
{
    // /;\s*charset\s*=/ is case-sensitive in Express.
    for (qsizetype at = value.indexOf(';'); at >= 0; at = value.indexOf(';', at + 1)) {
        const QByteArray rest = value.mid(at + 1).trimmed();
        if (rest.startsWith("charset") && rest.mid(7).trimmed().startsWith('='))
            return value;
    }
    // npm mime 1.6 charsets.lookup(): /^text\/|^application\/(javascript|json)/ on the type as it
    // is.
    const bool isText = value.startsWith("text/") || value.startsWith("application/javascript")
        || value.startsWith("application/json");
    return isText ? value + "; charset=utf-8" : value;
}

} // namespace rt
