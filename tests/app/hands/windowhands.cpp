// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "hands/windowhands.h"

#include "actions.h"
#include "capture/capturestore.h"
#include "forms/headertable.h"
#include "forms/literal.h"
#include "lab/command.h"
#include "lesson/actionrunner.h"
#include "lesson/labpatch.h"
#include "mainwindow.h"
#include "models/headermodel.h"
#include "panels/exchangepanel.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTimer>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// How long a control may take to appear, milliseconds.
constexpr int patience = 2000;

/// Runs `answer` on the dialog of type Dialog as soon as it is open.
template<typename Dialog, typename Answer> void whenOpen(QObject *context, Answer answer)
{
    auto *timer = new QTimer(context);
    QObject::connect(timer, &QTimer::timeout, context, [timer, answer] {
        auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer->stop();
        timer->deleteLater();
        answer(*dialog);
    });
    timer->start(5);
}

void typeInto(QWidget &field, const QString &text)
{
    field.setFocus();
    QTest::keySequence(&field, QKeySequence::SelectAll);
    QTest::keyClick(&field, Qt::Key_Delete);
    QTest::keyClicks(&field, text);
}

} // namespace

WindowHands::WindowHands(MainWindow &window) : m_window(window) { }

bool WindowHands::miss(const QString &sentence)
{
    m_trouble = sentence;
    qInfo("%s", qPrintable(sentence));
    return false;
}

template<typename Widget> Widget *WindowHands::find(const QString &control)
{
    Widget *usable = nullptr;
    const bool found = QTest::qWaitFor(
        [&] {
            for (auto *candidate : m_window.findChildren<Widget *>(control)) {
                if (candidate->isVisible() && candidate->isEnabled())
                    usable = candidate;
            }
            return usable != nullptr;
        },
        patience);
    if (!found)
        miss(u"%1 is not there, or rests"_s.arg(control));
    return usable;
}

bool WindowHands::click(const QString &control)
{
    auto *button = find<QAbstractButton>(control);
    if (!button)
        return false;
    QTest::mouseClick(button, Qt::LeftButton, {}, button->rect().center());
    return true;
}

bool WindowHands::type(const QString &control, const QString &text)
{
    auto *field = find<QLineEdit>(control);
    if (!field)
        return false;
    typeInto(*field, text);
    QTest::keyClick(field, Qt::Key_Return);
    return true;
}

bool WindowHands::choose(const QString &control, const QString &entry)
{
    auto *list = find<QComboBox>(control);
    if (!list)
        return false;
    for (int i = 0; i < list->count(); ++i) {
        if (!list->itemText(i).contains(entry))
            continue;
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Home);
        for (int down = 0; down < i; ++down)
            QTest::keyClick(list, Qt::Key_Down);
        return list->currentIndex() == i;
    }
    return miss(u"%1 has no %2"_s.arg(control, entry));
}

bool WindowHands::openTab(const QString &tabs, const QString &title)
{
    auto *bar = find<QTabBar>(tabs);
    if (!bar)
        return false;
    for (int i = 0; i < bar->count(); ++i) {
        if (!bar->tabText(i).startsWith(title))
            continue;
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(i).center());
        return bar->currentIndex() == i;
    }
    return miss(u"%1 has no tab %2"_s.arg(tabs, title));
}

bool WindowHands::press(const QString &segmented, const QString &word)
{
    auto *row = find<QWidget>(segmented);
    if (!row)
        return false;
    for (auto *button : row->findChildren<QAbstractButton *>()) {
        if (button->text() != word)
            continue;
        QTest::mouseClick(button, Qt::LeftButton, {}, button->rect().center());
        return button->isChecked();
    }
    return miss(u"%1 has no %2"_s.arg(segmented, word));
}

bool WindowHands::command(const QString &id)
{
    QAction *action = m_window.actions().action(id);
    if (!action || !action->isEnabled())
        return miss(u"the command %1 rests"_s.arg(id));
    action->trigger();
    return true;
}

bool WindowHands::commandWithText(const QString &id, const QString &text)
{
    whenOpen<QInputDialog>(&m_window, [text](QInputDialog &dialog) {
        dialog.setTextValue(text);
        dialog.accept();
    });
    return command(id);
}

bool WindowHands::commandWithFile(const QString &id, const QString &file)
{
    whenOpen<QFileDialog>(&m_window, [file](QFileDialog &dialog) {
        auto *name = dialog.findChild<QLineEdit *>(u"fileNameEdit"_s);
        name->setText(file);
        QTest::keyClick(name, Qt::Key_Return);
    });
    return command(id);
}

bool WindowHands::perform(const JsValue &action)
{
    m_trouble.clear();
    const QString verb = actionVerb(action);
    const JsValue argument = withOrigins(action[verb]);
    if (verb == u"send" || verb == u"raw")
        return useBrowser(verb == u"send") && send(argument);
    if (verb == u"order")
        return order(argument);
    if (verb == u"page")
        return openPage(argument.toString());
    if (verb == u"pick")
        return pick(argument.toString());
    if (verb == u"set")
        return set(argument.toString(), withOrigins(action[u"to"]));
    if (verb == u"answer")
        return answer(argument.toString(), action[u"with"]);
    if (verb == u"advance")
        return commandWithText(u"lab.skip.other"_s, argument.toString());
    if (verb == u"next")
        return click(u"lesson.next"_s);
    return miss(u"these hands cannot do %1"_s.arg(verb));
}

bool WindowHands::set(const QString &path, const JsValue &value)
{
    if (path.startsWith(u"client.")) {
        if (!openTab(u"client.tabs"_s, u"Browser"_s))
            return false;
    } else {
        m_window.revealOption(path.toUtf8());
        QCoreApplication::processEvents();
    }
    const JsValue now = m_window.document().config().setting(path.toUtf8());
    if (value.isBoolean() && m_window.findChild<QAbstractButton *>(path))
        return now == value || click(path);
    if (auto *list = m_window.findChild<QComboBox *>(path))
        return choose(list->objectName(), value.asText());
    if (auto *edit = m_window.findChild<QPlainTextEdit *>(path)) {
        typeInto(*edit, textFromValue(value));
        edit->clearFocus();
        return edit->isEnabled() || miss(u"%1 rests"_s.arg(path));
    }
    return type(path, value.isString() ? value.toString() : textFromValue(value));
}

bool WindowHands::answer(const QString &question, const JsValue &with)
{
    const QList<JsValue> keys = with.isArray() ? with.items() : QList<JsValue> {with};
    auto *card = find<QWidget>(u"lesson.question."_s + question);
    if (!card)
        return false;
    const QString field = u"lesson.answer."_s + question;
    if (auto *line = card->findChild<QLineEdit *>(field)) {
        typeInto(*line, keys.first().asText());
    } else {
        for (const JsValue &key : keys) {
            if (!click(field + u'.' + key.asText()))
                return false;
        }
    }
    auto *commit = card->findChild<QAbstractButton *>(u"lesson.commit"_s);
    if (!commit || !commit->isEnabled())
        return miss(u"the answer to %1 cannot be given"_s.arg(question));
    QTest::mouseClick(commit, Qt::LeftButton, {}, commit->rect().center());
    return true;
}

bool WindowHands::useBrowser(bool browser)
{
    auto *rules = m_window.findChild<QAbstractButton *>(u"client.rules"_s);
    return rules->isChecked() == browser || click(rules->objectName());
}

/// Alt and an arrow on the head of each card, until it stands where it should.
bool WindowHands::order(const JsValue &stages)
{
    const QList<JsValue> wanted = stages.items();
    for (qsizetype place = 0; place < wanted.size(); ++place) {
        const QByteArray stage = wanted.at(place).toString().toUtf8();
        auto *grip = find<QWidget>(u"server.order."_s + QString::fromUtf8(stage));
        if (!grip)
            return false;
        for (auto at = m_window.document().order().indexOf(stage); at != place;
             at = m_window.document().order().indexOf(stage)) {
            grip->parentWidget()->setFocus();
            QTest::keyClick(grip->parentWidget(), at > place ? Qt::Key_Up : Qt::Key_Down,
                            Qt::AltModifier);
            if (m_window.document().order().indexOf(stage) == at)
                return miss(u"%1 cannot be moved"_s.arg(QString::fromUtf8(stage)));
        }
    }
    return true;
}

bool WindowHands::openPage(const QString &origin)
{
    auto *pill = find<QWidget>(u"client.page"_s);
    auto *menu = pill ? pill->parentWidget()->findChild<QMenu *>() : nullptr;
    if (!menu)
        return miss(u"the page cannot be chosen"_s);
    emit menu->aboutToShow();
    for (QAction *entry : menu->actions()) {
        if (entry->text().startsWith(origin + u'\t')) {
            entry->trigger();
            return true;
        }
    }
    return miss(u"there is no page %1"_s.arg(origin));
}

/// Clicks the field in the newest exchange that has it and lets the step go on.
bool WindowHands::pick(const QString &path)
{
    auto *view = m_window.inspector().findChild<QTableView *>(u"inspector.headers"_s);
    const auto *headers = qobject_cast<const HeaderModel *>(view->model());
    const int step = m_window.runner().currentStep();
    const auto exchanges = m_window.store()->exchanges();
    for (auto exchange = exchanges.rbegin(); exchange != exchanges.rend(); ++exchange) {
        m_window.selection().selectExchange(exchange->id, exchange->call);
        if (!openTab(u"inspector.tabs"_s, u"Headers"_s))
            return false;
        for (int row = 0; row < headers->rowCount(); ++row) {
            if (headers->row(row).pick.compare(path, Qt::CaseInsensitive) != 0)
                continue;
            const QModelIndex field = headers->index(row, HeaderModel::Field);
            view->scrollTo(field);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                              view->visualRect(field).center());
        }
        if (m_window.runner().currentStep() != step)
            return true;
    }
    return miss(u"no exchange lets %1 be picked"_s.arg(path));
}

bool WindowHands::send(const JsValue &request)
{
    const JsValue path = request[u"path"];
    const QString url = request[u"url"].isString()
        ? request[u"url"].toString()
        : QString::fromLatin1(virtualOrigin("api")) + path.toString();
    const JsValue method = request[u"method"];
    auto *methods = find<QComboBox>(u"client.method"_s);
    if (!methods)
        return false;
    typeInto(*methods->lineEdit(), method.isString() ? method.toString() : u"GET"_s);
    auto *address = find<QLineEdit>(u"client.url"_s);
    if (!address)
        return false;
    typeInto(*address, url);
    if (!fillBody(request) || !fillHeaders(request[u"headers"]))
        return false;
    for (const char *name : {"mode", "credentials"}) {
        const JsValue wanted = request[QString::fromLatin1(name)];
        if (wanted.isString() && !choose(u"client."_s + QLatin1StringView(name), wanted.toString()))
            return false;
    }
    return click(u"client.send"_s);
}

bool WindowHands::fillBody(const JsValue &request)
{
    if (!openTab(u"client.tabs"_s, u"Body"_s))
        return false;
    const JsValue json = request[u"json"];
    const JsValue text = request[u"text"];
    if (json.isUndefined() && text.isUndefined())
        return press(u"client.body.kind"_s, u"None"_s);
    if (!press(u"client.body.kind"_s, json.isUndefined() ? u"Text"_s : u"JSON"_s))
        return false;
    auto *body = find<QPlainTextEdit>(u"client.body"_s);
    if (!body)
        return false;
    typeInto(*body, json.isUndefined() ? text.toString() : QString::fromUtf8(toJson(json)));
    return true;
}

bool WindowHands::fillHeaders(const JsValue &headers)
{
    if (!openTab(u"client.tabs"_s, u"Headers"_s))
        return false;
    auto *table = m_window.findChild<HeaderTable *>(u"client.headers"_s);
    if (!table->isEnabled())
        return headers.isUndefined() || miss(u"the headers rest"_s);
    // What the last request left; the type of a JSON body stays with the body.
    for (int row = table->model()->rowCount() - 2; row >= 0; --row) {
        const QModelIndex name = table->model()->index(row, HeaderTableModel::NameColumn);
        if (name.data().toString() == u"Content-Type")
            continue;
        table->setCurrentIndex(name);
        QTest::keyClick(table, Qt::Key_Delete);
    }
    for (const auto &[name, value] : headers.members()) {
        const int row = table->model()->rowCount() - 1;
        for (int column : {0, 1}) {
            table->setCurrentIndex(table->model()->index(row, column));
            table->edit(table->currentIndex());
            const auto editors = table->viewport()->findChildren<QLineEdit *>();
            auto *cell = editors.isEmpty() ? nullptr : editors.last();
            if (!cell)
                return miss(u"the header table cannot be edited"_s);
            typeInto(*cell, column == 0 ? name : value.asText());
            QTest::keyClick(cell, Qt::Key_Return);
            const bool closed = QTest::qWaitFor(
                [&] { return table->viewport()->findChildren<QLineEdit *>().isEmpty(); }, patience);
            if (!closed)
                return miss(u"the header table keeps its editor"_s);
        }
    }
    return true;
}

} // namespace rt
