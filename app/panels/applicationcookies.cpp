// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/applicationcookies.h"

#include "capture/capturestore.h"
#include "models/cookiejudge.h"
#include "selection.h"
#include "widgets/richview.h"

#include <QHeaderView>
#include <QInputDialog>
#include <QPushButton>

#include <algorithm>

namespace rt {

namespace {

using Entry = BrowserState::CookieEntry;

QString keyOf(const Entry &cookie)
{
    return QString::fromUtf8(cookie.domain + ' ' + cookie.path + ' ' + cookie.name);
}

QString flag(bool set)
{
    return set ? QStringLiteral("\u2713") : QString();
}

/// What the verb `cookie` needs to find this one and no other.
JsValue address(const Entry &cookie)
{
    JsValue arguments = JsValue::object();
    arguments.insert(QStringLiteral("domain"), JsValue(QString::fromUtf8(cookie.domain)));
    arguments.insert(QStringLiteral("path"), JsValue(QString::fromUtf8(cookie.path)));
    return arguments;
}

} // namespace

ApplicationCookies::ApplicationCookies(LabSession &lab, Selection &selection, const Theme &theme,
                                       QWidget *parent)
    : ApplicationTable(
        QStringLiteral("application.cookies"),
        {tr("Name"), tr("Value"), tr("Selected request"), tr("Domain"), tr("Path"), tr("SameSite"),
         tr("HttpOnly"), tr("Secure"), tr("Ends")},
        tr("The jar is empty. A Set-Cookie line that the browser keeps appears here."), theme,
        parent),
      m_lab(lab), m_selection(selection), m_detail(new RichView(theme, this))
{
    view().setAccessibleName(tr("Cookies"));
    view().horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    const int widths[] = {90, 110, 150, 120, 60, 80, 80, 70, 110};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        view().setColumnWidth(column, widths[column]);
    rows().setEditableColumn(1);
    setupButtons();
    m_detail->setObjectName(QStringLiteral("application.cookie"));
    m_detail->setAccessibleName(tr("The selected cookie"));
    m_detail->setMinimumHeight(theme.rowHeight() * 6);
    addBelow(m_detail);
    connect(&rows(), &RowsModel::cellTyped, this, &ApplicationCookies::edit);
    connect(this, &ApplicationTable::currentChanged, this, &ApplicationCookies::showDetail);
    connect(m_detail, &RichView::restyled, this, &ApplicationCookies::showDetail);
    connect(&lab, &LabSession::browserStateChanged, this, &ApplicationCookies::refresh);
    connect(&selection, &Selection::exchangeSelected, this, &ApplicationCookies::refresh);
    refresh();
}

void ApplicationCookies::setupButtons()
{
    const auto act = [this](QPushButton *button, auto &&what) {
        connect(button, &QPushButton::clicked, this, what);
    };
    act(addButton(QStringLiteral("application.cookie.add"), tr("Add\u2026"),
                  QStringLiteral("plus")),
        [this] { add(); });
    act(addRowButton(QStringLiteral("application.cookie.edit"), tr("Edit"), QStringLiteral("edit")),
        [this] { view().edit(view().currentIndex().siblingAtColumn(1)); });
    act(addRowButton(QStringLiteral("application.cookie.delete"), tr("Delete"),
                     QStringLiteral("trash")),
        [this] { remove(); });
    auto *steal = addRowButton(QStringLiteral("application.cookie.steal"), tr("Use elsewhere"),
                               QStringLiteral("copy"));
    steal->setToolTip(tr("Puts the cookie into the raw tool's headers, as a thief would"));
    act(steal, [this] {
        if (const Entry *stolen = cookie(currentKey()))
            emit stealRequested("Cookie", stolen->name + '=' + stolen->value);
    });
}

void ApplicationCookies::setStore(CaptureStore *store)
{
    if (m_store)
        m_store->disconnect(this);
    m_store = store;
    if (store)
        connect(store, &CaptureStore::callChanged, this, &ApplicationCookies::refresh);
    refresh();
}

void ApplicationCookies::refresh()
{
    if (!isVisible())
        return;
    const CallRecord *call = m_store ? m_store->call(m_selection.call()) : nullptr;
    const auto exchanges = call ? m_store->exchangesOf(call->id) : std::vector<ExchangeRecord>();
    std::vector<RowsModel::Row> all;
    for (const Entry &one : m_lab.browserState().cookies) {
        if (one.expiresAt >= 0 && one.expiresAt <= m_lab.now())
            continue;
        const CookieVerdict verdict = verdictOf(one, call, exchanges);
        all.push_back({keyOf(one),
                       {QString::fromUtf8(one.name), QString::fromUtf8(one.value), verdict.words,
                        QString::fromUtf8(one.domain), QString::fromUtf8(one.path),
                        QString::fromUtf8(one.sameSite), flag(one.httpOnly), flag(one.secure),
                        cookieLifeText(one.expiresAt, m_lab.now())},
                       verdict.sentence});
    }
    // The jar orders by age, which an edit changes; rows stay where they are.
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.key < b.key; });
    setRows(std::move(all));
    showDetail();
}

const Entry *ApplicationCookies::cookie(const QString &key) const
{
    const auto &jar = m_lab.browserState().cookies;
    const auto found = std::find_if(jar.begin(), jar.end(),
                                    [&key](const Entry &one) { return keyOf(one) == key; });
    return found == jar.end() ? nullptr : &*found;
}

void ApplicationCookies::run(JsValue arguments)
{
    if (const auto done = m_lab.run({"cookie", std::move(arguments), false}); !done)
        emit refused(done.error().message);
}

void ApplicationCookies::edit(const QString &key, const QString &value)
{
    const Entry *edited = cookie(key);
    if (!edited)
        return;
    JsValue arguments = address(*edited);
    arguments.insert(QStringLiteral("edit"), JsValue(QString::fromUtf8(edited->name)));
    arguments.insert(QStringLiteral("value"), JsValue(value));
    run(std::move(arguments));
}

void ApplicationCookies::add()
{
    const QString pair
        = QInputDialog::getText(this, tr("Add a cookie"), tr("name=value, for the API's host:"));
    const qsizetype equals = pair.indexOf(u'=');
    if (pair.isEmpty())
        return;
    if (equals < 1) {
        emit refused(tr("A cookie is written name=value."));
        return;
    }
    JsValue arguments = JsValue::object();
    arguments.insert(QStringLiteral("edit"), JsValue(pair.left(equals).trimmed()));
    arguments.insert(QStringLiteral("value"), JsValue(pair.mid(equals + 1).trimmed()));
    run(std::move(arguments));
}

void ApplicationCookies::remove()
{
    const Entry *gone = cookie(currentKey());
    if (!gone)
        return;
    JsValue arguments = address(*gone);
    arguments.insert(QStringLiteral("delete"), JsValue(QString::fromUtf8(gone->name)));
    run(std::move(arguments));
}

void ApplicationCookies::showDetail()
{
    const Entry *shown = cookie(currentKey());
    m_detail->setVisible(shown != nullptr);
    if (!shown)
        return;
    QString html = QStringLiteral("<p>%1</p><table cellspacing=\"0\">")
                       .arg(m_detail->wire(shown->name + '=' + shown->value));
    for (const CookieContext &context : cookieContexts(*shown, m_lab.now())) {
        const QString outcome = context.reason
            ? QStringLiteral("\u2715 ") + QString::fromLatin1(cookieReasonWord(*context.reason))
            : tr("\u2713 goes along");
        html += QStringLiteral("<tr><td>%1</td><td style=\"%2\">%3</td></tr>")
                    .arg(context.title.toHtmlEscaped(),
                         m_detail->ink(context.reason ? Token::Bad : Token::Good),
                         outcome.toHtmlEscaped());
    }
    m_detail->setContent(html + QStringLiteral("</table>"), true);
}

} // namespace rt
