// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/requestcode.h"

#include "base/jsvalue.h"
#include "browser/request.h"
#include "forms/requestwords.h"

#include <QRegularExpression>
#include <QStringList>

namespace rt {

namespace {

QString quoted(const QString &text)
{
    QString body = quoteJson(text);
    body = body.mid(1, body.size() - 2);
    body.replace(QStringLiteral("\\\""), QStringLiteral("\""))
        .replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + body + u'\'';
}

QString quoted(const QByteArray &text)
{
    return quoted(QString::fromUtf8(text));
}

/// The object as people write it in source: keys bare where they can be.
QString literal(const JsValue &value)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z_$][\\w$]*$"));
    QStringList parts;
    if (value.isArray()) {
        for (const JsValue &item : value.items())
            parts.append(literal(item));
        return u'[' + parts.join(QStringLiteral(", ")) + u']';
    }
    if (!value.isObject())
        return value.isString() ? quoted(value.toString()) : stringifyJson(value);
    for (const auto &[key, member] : value.members()) {
        const QString label = name.match(key).hasMatch() ? key : quoted(key);
        parts.append(label + QStringLiteral(": ") + literal(member));
    }
    return parts.isEmpty()
        ? QStringLiteral("{}")
        : QStringLiteral("{ ") + parts.join(QStringLiteral(", ")) + QStringLiteral(" }");
}

QString bodyCode(const FetchRequest &request)
{
    if (request.bodyType.startsWith("application/x-www-form-urlencoded"))
        return QStringLiteral("new URLSearchParams(%1)").arg(quoted(request.body));
    const auto json = parseJson(QByteArrayView(request.body));
    const auto *value = std::get_if<JsValue>(&json);
    if (value && (value->isObject() || value->isArray()))
        return QStringLiteral("JSON.stringify(%1)").arg(literal(*value));
    return quoted(request.body);
}

QStringList headerLines(const HeaderList &headers)
{
    QStringList lines;
    for (const HeaderField &field : headers)
        lines.append(QStringLiteral("    %1: %2,").arg(quoted(field.name), quoted(field.value)));
    return lines;
}

QStringList optionLines(const FetchRequest &request)
{
    QStringList lines;
    const auto add = [&lines](const char *name, const QString &code) {
        lines.append(QStringLiteral("  %1: %2,").arg(QLatin1StringView(name), code));
    };
    if (request.method != "GET")
        add("method", quoted(request.method));
    if (!request.headers.isEmpty()) {
        lines.append(QStringLiteral("  headers: {"));
        lines += headerLines(request.headers);
        lines.append(QStringLiteral("  },"));
    }
    if (request.hasBody)
        add("body", bodyCode(request));
    if (request.mode != RequestMode::Cors)
        add("mode", quoted(modeName(request.mode)));
    if (request.credentials != CredentialsMode::SameOrigin)
        add("credentials", quoted(credentialsName(request.credentials)));
    if (request.redirect != RedirectMode::Follow)
        add("redirect", quoted(redirectWords().at(static_cast<int>(request.redirect))));
    if (request.cache != CacheMode::Default)
        add("cache", quoted(cacheWords().at(static_cast<int>(request.cache))));
    if (!request.referrerPolicy.isEmpty())
        add("referrerPolicy", quoted(request.referrerPolicy));
    return lines;
}

// POSIX shell: single quotes take everything but themselves.
QString shell(const QByteArray &text)
{
    static const QRegularExpression plain(QStringLiteral("^[\\w@%+=:,./-]+$"));
    QString words = QString::fromUtf8(text);
    if (plain.match(words).hasMatch())
        return words;
    return u'\'' + words.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

/// The page's own means: a link, a form or an element that is put into it.
QString pageCode(const FetchRequest &request)
{
    const QString url = quoted(request.url);
    if (request.api == "form")
        return QStringLiteral("const form = document.createElement('form');\nform.method = %1;\n"
                              "form.action = %2;\ndocument.body.append(form);\nform.submit();")
            .arg(quoted(request.method.toLower()), url);
    if (request.api == "style")
        return QStringLiteral("const link = document.createElement('link');\nlink.rel = "
                              "'stylesheet';\nlink.href = %1;\ndocument.head.append(link);")
            .arg(url);
    if (request.api == "img" || request.api == "script" || request.api == "iframe")
        return QStringLiteral("const %1 = document.createElement('%1');\n%1.src = %2;\n"
                              "document.body.append(%1);")
            .arg(QString::fromLatin1(request.api), url);
    return QStringLiteral("location.href = %1;").arg(url);
}

/// axios works on XMLHttpRequest, which has no word for these.
QString axiosCannot(const FetchRequest &request)
{
    QStringList words;
    if (request.mode != RequestMode::Cors)
        words.append(QStringLiteral("mode"));
    if (request.credentials == CredentialsMode::Omit)
        words.append(QStringLiteral("credentials: 'omit'"));
    if (request.redirect != RedirectMode::Follow)
        words.append(QStringLiteral("redirect"));
    if (request.cache != CacheMode::Default)
        words.append(QStringLiteral("cache"));
    if (!request.referrerPolicy.isEmpty())
        words.append(QStringLiteral("referrerPolicy"));
    return words.isEmpty()
        ? QString()
        : QStringLiteral("// XMLHttpRequest has no %1\n").arg(words.join(QStringLiteral(", ")));
}

} // namespace

QString axiosCode(const FetchRequest &request)
{
    if (request.api != "fetch" && request.api != "raw")
        return pageCode(request);
    QStringList lines {QStringLiteral("  url: %1,").arg(quoted(request.url))};
    if (request.method != "GET")
        lines.prepend(QStringLiteral("  method: %1,").arg(quoted(request.method.toLower())));
    if (!request.headers.isEmpty())
        lines << QStringLiteral("  headers: {") << headerLines(request.headers)
              << QStringLiteral("  },");
    if (request.hasBody) {
        const auto json = parseJson(QByteArrayView(request.body));
        const auto *value = std::get_if<JsValue>(&json);
        lines.append(QStringLiteral("  data: %1,")
                         .arg(value && value->isObject() ? literal(*value) : bodyCode(request)));
    }
    if (request.credentials == CredentialsMode::Include)
        lines.append(QStringLiteral("  withCredentials: true,"));
    return axiosCannot(request) + QStringLiteral("const { data } = await axios({\n")
        + lines.join(u'\n') + QStringLiteral("\n});");
}

QString fetchCode(const FetchRequest &request)
{
    if (request.api != "fetch" && request.api != "raw")
        return pageCode(request);
    const QStringList options = optionLines(request);
    const QString head = QStringLiteral("const response = await fetch(%1").arg(quoted(request.url));
    if (options.isEmpty())
        return head + QStringLiteral(");\nconst text = await response.text();");
    return head + QStringLiteral(", {\n") + options.join(u'\n')
        + QStringLiteral("\n});\nconst text = await response.text();");
}

QString curlCode(const FetchRequest &request, const QString &connectTo)
{
    QStringList parts {QStringLiteral("curl -i")};
    if (!connectTo.isEmpty())
        parts.append(QStringLiteral("--connect-to ") + connectTo);
    const bool implied = request.method == "GET" || (request.method == "POST" && request.hasBody);
    if (!implied)
        parts.append(QStringLiteral("-X ") + shell(request.method));
    if (!request.page.isEmpty())
        parts.append(QStringLiteral("-H ") + shell("Origin: " + request.page));
    for (const HeaderField &field : request.headers)
        parts.append(QStringLiteral("-H ") + shell(field.name + ": " + field.value));
    const bool typed = request.headers.contains("Content-Type");
    if (request.hasBody && !typed && !request.bodyType.isEmpty())
        parts.append(QStringLiteral("-H ") + shell("Content-Type: " + request.bodyType));
    if (request.hasBody)
        parts.append(QStringLiteral("--data-raw ") + shell(request.body));
    parts.append(shell(request.url));
    return parts.join(QStringLiteral(" \\\n  "));
}

} // namespace rt
