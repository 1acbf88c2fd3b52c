// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/codepanel.h"

#include "forms/codeview.h"
#include "models/labdocument.h"
#include "widgets/captionlabel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace rt {

namespace {

/// Long enough to find the line after having looked at something else.
constexpr int tintMs = 5000;

/// The path of what a code line says: an option, its stage, or nothing.
QByteArray pathOf(const CodeLine &line)
{
    if (line.stage.isEmpty())
        return line.option.isEmpty() ? QByteArray() : "server." + line.option;
    const QByteArray stage = "server." + line.stage;
    return line.option.isEmpty() ? stage : stage + '.' + line.option;
}

bool concerns(const QByteArray &linePath, const QByteArray &path)
{
    return !linePath.isEmpty() && (linePath == path || linePath.startsWith(path + '.'));
}

/// Lines of the option; of its stage's call when the option is not written out.
QList<int> linesOf(const std::vector<CodeLine> &lines, const QByteArray &path, bool orStage)
{
    QList<int> found;
    if (path.isEmpty())
        return found;
    const QByteArray stage = path.split('.').value(1);
    QList<int> stageLines;
    for (size_t i = 0; i < lines.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        const bool import = lines[i].text.startsWith(u"import ");
        if (!import && concerns(pathOf(lines[i]), path))
            found.append(number);
        if (!import && lines[i].stage == stage && lines[i].option.isEmpty())
            stageLines.append(number);
    }
    return found.isEmpty() && orStage ? stageLines : found;
}

} // namespace

CodePanel::CodePanel(LabDocument &document, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_document(document), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeCaption());
    m_view = new CodeView(theme, CodeHighlighter::Language::JavaScript, this);
    m_view->setObjectName(QStringLiteral("code.express"));
    m_view->setAccessibleName(tr("The lab as Express code"));
    column->addWidget(m_view, 1);
    m_moment.setSingleShot(true);
    m_moment.setInterval(tintMs);
    connect(&m_moment, &QTimer::timeout, this, [this] { m_view->setTintedLines({}); });
    refresh();
    connect(&document, &LabDocument::configChanged, this, &CodePanel::refresh);
    connect(&document, &LabDocument::pathsChanged, this, &CodePanel::tint);
    connect(m_view, &CodeView::lineHovered, this,
            [this](int line) { emit optionHovered(pathOfLine(line)); });
    connect(m_view, &CodeView::lineClicked, this, [this](int line) {
        if (const QByteArray path = pathOfLine(line); !path.isEmpty())
            emit optionActivated(path);
    });
}

QWidget *CodePanel::makeCaption()
{
    auto *caption = new QWidget(this);
    caption->setObjectName(QStringLiteral("code.caption")); // becomes the dock's title bar
    caption->setObjectName(QStringLiteral("code.caption"));
    auto *row = new QHBoxLayout(caption);
    row->setContentsMargins(14, 6, 8, 0);
    row->setSpacing(2);
    auto *title = new CaptionLabel(m_theme, tr("EXPRESS · server.mjs"), caption);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(title, 1);
    const auto add = [&](const QString &icon, const QString &text) {
        auto *button = new QToolButton(caption);
        button->setAutoRaise(true);
        button->setIcon(m_theme.icon(icon, Token::Dim));
        button->setToolTip(text);
        button->setAccessibleName(text);
        row->addWidget(button);
        return button;
    };
    connect(add(QStringLiteral("copy"), tr("Copy the code")), &QToolButton::clicked, this,
            &CodePanel::copy);
    QToolButton *run = add(QStringLiteral("play"), tr("Run in Node and compare"));
    run->setObjectName(QStringLiteral("code.run"));
    connect(run, &QToolButton::clicked, this, &CodePanel::runRequested);
    connect(add(QStringLiteral("export"), tr("Export as a Node project")), &QToolButton::clicked,
            this, &CodePanel::exportRequested);
    return caption;
}

void CodePanel::refresh()
{
    m_lines = expressCode(m_document.config());
    QStringList texts;
    for (const CodeLine &line : m_lines)
        texts.append(line.text);
    m_view->setCode(texts.join(u'\n'));
}

void CodePanel::tint(const QByteArrayList &paths)
{
    QList<int> lines;
    for (const QByteArray &path : paths)
        lines += linesOf(m_lines, path, true);
    m_view->setTintedLines(lines);
    m_moment.start();
    const auto [first, last] = std::minmax_element(lines.begin(), lines.end());
    if (first != lines.end())
        m_view->showLines(*first, *last);
}

void CodePanel::markOption(const QByteArray &path)
{
    m_view->setMarkedLines(linesOf(m_lines, path, true));
}

int CodePanel::lineOf(const LabConfig &config, const QByteArray &path)
{
    return linesOf(expressCode(config), path, true).value(0);
}

QByteArray CodePanel::pathOfLine(int line) const
{
    const auto index = static_cast<size_t>(line) - 1;
    return line > 0 && index < m_lines.size() ? pathOf(m_lines[index]) : QByteArray();
}

void CodePanel::copy()
{
    QGuiApplication::clipboard()->setText(m_view->toPlainText() + u'\n');
}

} // namespace rt
