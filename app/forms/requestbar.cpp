// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/requestbar.h"

#include "browser/request.h"
#include "forms/requestmore.h"
#include "widgets/pill.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStringListModel>

namespace rt {

namespace {

// In widths of an average character of the interface font.
constexpr int wideFrom = 105;
constexpr int spelledFrom = 160;

const RequestMode modes[]
    = {RequestMode::Cors, RequestMode::NoCors, RequestMode::SameOrigin, RequestMode::Navigate};
const CredentialsMode credentials[]
    = {CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include};

} // namespace

RequestBar::RequestBar(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 0, 12, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    setupMethod();
    setupUrl();
    setupChoices();
    setupMore();
    setupSend();
    grid->addWidget(m_method, 0, 0);
    grid->addWidget(m_url, 0, 1);
    grid->addWidget(m_send, 0, 3);
    grid->setColumnStretch(1, 1);
    arrange();
    connect(&theme, &Theme::changed, this, &RequestBar::restyle);
    restyle();
}

void RequestBar::setupMethod()
{
    m_method = new QComboBox(this);
    m_method->setObjectName(QStringLiteral("client.method"));
    m_method->setAccessibleName(tr("Method"));
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->addItems(QStringLiteral("GET POST PUT PATCH DELETE HEAD OPTIONS").split(u' '));
    connect(m_method, &QComboBox::currentTextChanged, this, &RequestBar::requestChanged);
}

void RequestBar::setupUrl()
{
    m_url = new QLineEdit(this);
    m_url->setObjectName(QStringLiteral("client.url"));
    m_url->setAccessibleName(tr("Address"));
    m_url->setPlaceholderText(tr("Address, or a path on the page's own server"));
    m_url->setLayoutDirection(Qt::LeftToRight);
    auto *completer = new QCompleter(new QStringListModel(this), this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_url->setCompleter(completer);
    connect(m_url, &QLineEdit::textChanged, this, &RequestBar::requestChanged);
    connect(m_url, &QLineEdit::returnPressed, this, &RequestBar::sendRequested);
}

void RequestBar::setupChoices()
{
    m_choices = new QWidget(this);
    auto *row = new QHBoxLayout(m_choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_credentials = new QComboBox(m_choices);
    m_credentials->setObjectName(QStringLiteral("client.credentials"));
    m_credentials->setAccessibleName(tr("Credentials"));
    for (const CredentialsMode value : credentials)
        m_credentials->addItem(QString::fromUtf8(credentialsName(value)));
    m_credentials->setCurrentIndex(1);
    m_mode = new QComboBox(m_choices);
    m_mode->setObjectName(QStringLiteral("client.mode"));
    m_mode->setAccessibleName(tr("Mode"));
    for (const RequestMode value : modes)
        m_mode->addItem(QString::fromUtf8(modeName(value)));
    for (QComboBox *combo : {m_credentials, m_mode}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        combo->setToolTip(combo->accessibleName());
        row->addWidget(combo);
        connect(combo, &QComboBox::currentIndexChanged, this, &RequestBar::requestChanged);
    }
}

void RequestBar::setupMore()
{
    m_more = new RequestMore(m_theme, m_choices);
    static_cast<QBoxLayout *>(m_choices->layout())->addWidget(m_more, 0, Qt::AlignVCenter);
    connect(m_more, &RequestMore::choiceChanged, this, &RequestBar::requestChanged);
}

void RequestBar::setupSend()
{
    m_timesButton = new PillButton(m_theme, {}, m_choices);
    m_timesButton->setObjectName(QStringLiteral("client.times"));
    auto *menu = new QMenu(this);
    for (const int times : {1, 2, 5, 10, 100})
        connect(menu->addAction(timesInWords(times)), &QAction::triggered, this,
                [this, times] { setTimes(times); });
    m_timesButton->setMenu(menu);
    static_cast<QBoxLayout *>(m_choices->layout())->addWidget(m_timesButton, 0, Qt::AlignVCenter);
    static_cast<QBoxLayout *>(m_choices->layout())->addStretch(1);
    setTimes(1);
    m_send
        = new QPushButton(m_theme.icon(QStringLiteral("send"), Token::OnAccent), tr("Send"), this);
    m_send->setObjectName(QStringLiteral("client.send"));
    m_send->setDefault(true);
    m_send->setToolTip(tr("Send the request (Ctrl+Enter)"));
    connect(m_send, &QPushButton::clicked, this, &RequestBar::sendRequested);
}

QString RequestBar::timesInWords(int times)
{
    return times == 1 ? tr("Send once") : tr("Send %n times", nullptr, times);
}

void RequestBar::setTimes(int times)
{
    m_times = times;
    m_timesButton->setText(tr("%1×").arg(times));
    m_timesButton->setTone(times > 1 ? PillTone::Accent : PillTone::Neutral);
    m_timesButton->setAccessibleName(timesInWords(times));
    m_timesButton->setToolTip(tr("How often Send sends"));
    m_timesButton->updateGeometry();
}

void RequestBar::restyle()
{
    m_method->setFont(m_theme.font(FontRole::MonoStrong));
    m_url->setFont(m_theme.font(FontRole::Mono));
    m_method->setFixedWidth(
        QFontMetrics(m_method->font()).horizontalAdvance(QStringLiteral("OPTIONS")) + 40);
    m_wide = !m_wide; // sizes have changed: decide again
    arrange();
}

void RequestBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void RequestBar::arrange()
{
    const bool wide = width() > fontMetrics().averageCharWidth() * wideFrom;
    nameChoices(width() > fontMetrics().averageCharWidth() * spelledFrom);
    if (wide == m_wide && static_cast<QGridLayout *>(layout())->indexOf(m_choices) >= 0)
        return;
    m_wide = wide;
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->removeWidget(m_choices);
    if (wide)
        grid->addWidget(m_choices, 0, 2);
    else
        grid->addWidget(m_choices, 1, 0, 1, 4);
}

// With room to spare a choice says what it chooses.
void RequestBar::nameChoices(bool spelled)
{
    if (spelled == m_spelled)
        return;
    m_spelled = spelled;
    for (int i = 0; i < m_credentials->count(); ++i) {
        const QString name = QString::fromUtf8(credentialsName(credentials[i]));
        m_credentials->setItemText(i, spelled ? tr("credentials: %1").arg(name) : name);
    }
    for (int i = 0; i < m_mode->count(); ++i) {
        const QString name = QString::fromUtf8(modeName(modes[i]));
        m_mode->setItemText(i, spelled ? tr("mode: %1").arg(name) : name);
    }
}

void RequestBar::setRaw(bool raw)
{
    m_raw = raw;
    showChoices();
    emit requestChanged();
}

void RequestBar::setKind(const QByteArray &api)
{
    m_kind = api;
    if (m_kind == "form" && m_method->currentText() != u"GET")
        m_method->setCurrentText(QStringLiteral("POST"));
    showChoices();
    emit requestChanged();
}

void RequestBar::showChoices()
{
    const bool fetches = !m_raw && m_kind == "fetch";
    m_credentials->setVisible(fetches);
    m_mode->setVisible(fetches);
    m_more->setVisible(fetches);
    // Elements and links know GET only.
    m_method->setEnabled(m_raw || m_kind == "fetch" || m_kind == "form");
}

void RequestBar::setUrls(const QStringList &urls)
{
    static_cast<QStringListModel *>(m_url->completer()->model())->setStringList(urls);
}

void RequestBar::writeTo(FetchRequest &request) const
{
    request.method = m_method->currentText().trimmed().toUtf8();
    request.url = m_url->text().trimmed().toUtf8();
    request.mode = modes[m_mode->currentIndex()];
    request.credentials = credentials[m_credentials->currentIndex()];
    m_more->writeTo(request);
    request.api = m_raw ? QByteArray("raw") : m_kind;
    if (request.api == "fetch" && request.mode == RequestMode::Navigate)
        request.api = "navigate";
    if (request.api == "navigate" || request.api == "form")
        request.mode = RequestMode::Navigate;
    else if (request.api != "raw" && request.api != "fetch")
        request.mode = RequestMode::NoCors;
    if (!m_method->isEnabled())
        request.method = "GET";
}

void RequestBar::readFrom(const FetchRequest &request)
{
    m_method->setCurrentText(QString::fromUtf8(request.method));
    m_url->setText(QString::fromUtf8(request.url));
    m_url->setCursorPosition(0);
    if (request.api == "fetch") // others have no choice
        m_mode->setCurrentIndex(static_cast<int>(request.mode));
    m_credentials->setCurrentIndex(static_cast<int>(request.credentials));
    m_more->readFrom(request);
}

} // namespace rt
