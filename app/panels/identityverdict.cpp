// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identityverdict.h"

#include "models/trafficformat.h"
#include "widgets/captionlabel.h"
#include "widgets/meter.h"
#include "widgets/pill.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace rt {

namespace {

using Outcome = CredentialCheck::Outcome;

struct Sign
{
    const char16_t *mark;
    Token token;
};

Sign signOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed:
        return {u"\u2713", Token::Good};
    case Outcome::Failed:
        return {u"\u2715", Token::Bad};
    case Outcome::NotReached:
        return {u"\u2013", Token::Dim};
    case Outcome::Note:
        break;
    }
    return {u"i", Token::Caution};
}

/// The day is left out when it is today's.
QString momentText(qint64 at, qint64 now)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(at);
    const bool today = moment.date() == QDateTime::fromMSecsSinceEpoch(now).date();
    return QLocale().toString(
        moment, today ? QStringLiteral("HH:mm:ss") : QStringLiteral("d MMM yyyy HH:mm:ss"));
}

/// "in 14:59", "2 d ago".
QString distanceText(qint64 milliseconds)
{
    const qint64 seconds = std::abs(milliseconds) / 1000;
    const qint64 days = seconds / 86'400;
    const qint64 hours = seconds / 3600;
    QString span = days > 1 ? IdentityVerdict::tr("%1 days").arg(days)
        : hours > 0
        ? QStringLiteral("%1:%2:%3")
              .arg(hours)
              .arg(seconds / 60 % 60, 2, 10, QChar(u'0'))
              .arg(seconds % 60, 2, 10, QChar(u'0'))
        : QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
    return milliseconds >= 0 ? IdentityVerdict::tr("in %1").arg(span)
                             : IdentityVerdict::tr("%1 ago").arg(span);
}

std::optional<qint64> momentOf(const std::vector<CredentialTime> &times, QByteArrayView claim)
{
    for (const CredentialTime &time : times) {
        if (time.claim == claim)
            return time.at;
    }
    return std::nullopt;
}

} // namespace

IdentityVerdict::IdentityVerdict(const Theme &theme, QWidget *parent)
    : Card(theme, parent), m_theme(theme), m_verdict(new Pill(theme, {}, PillTone::Neutral, this)),
      m_checks(new CaptionLabel(theme, {}, this, FontRole::Ui, Token::Text)),
      m_times(new CaptionLabel(theme, {}, this, FontRole::Small, Token::Text)),
      m_life(new Meter(theme, this)), m_size(new Meter(theme, this))
{
    setObjectName(QStringLiteral("identity.verdict"));
    m_verdict->setObjectName(QStringLiteral("identity.verdictWord"));
    m_checks->setObjectName(QStringLiteral("identity.checks"));
    m_life->setObjectName(QStringLiteral("identity.life"));
    m_size->setObjectName(QStringLiteral("identity.size"));
    for (CaptionLabel *label : {m_checks, m_times}) {
        label->setTextFormat(Qt::RichText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    auto *row = new QHBoxLayout;
    row->addWidget(m_verdict);
    row->addStretch(1);
    body()->addLayout(row);
    for (QWidget *part : std::initializer_list<QWidget *> {m_checks, m_times, m_life, m_size})
        body()->addWidget(part);
}

void IdentityVerdict::show(const Credential &credential, const CredentialVerdict &verdict,
                           qint64 now)
{
    m_verdict->setTone(verdict.accepted ? PillTone::Good : PillTone::Bad);
    m_verdict->setText(verdict.accepted ? tr("\u2713 the lab accepts it")
                           : verdict.message.isEmpty()
                           ? tr("\u2715 refused")
                           : tr("\u2715 refused \u00b7 %1").arg(verdict.message));
    QString rows;
    for (const CredentialCheck &check : verdict.checks) {
        const Sign sign = signOf(check.outcome);
        const Token ink = check.outcome == Outcome::NotReached ? Token::Dim : Token::Text;
        rows += QStringLiteral("<tr><td style=\"color:%1\"><b>%2</b>&nbsp;&nbsp;</td>"
                               "<td style=\"color:%3\">%4</td></tr>")
                    .arg(m_theme.color(sign.token).name(), QString::fromUtf16(sign.mark),
                         m_theme.color(ink).name(), check.sentence.toHtmlEscaped());
    }
    m_checks->setText(
        QStringLiteral("<table cellspacing=\"0\" cellpadding=\"1\">%1</table>").arg(rows));
    showTimes(credential, now);
    showSize(credential);
}

QString IdentityVerdict::text() const
{
    return m_verdict->text();
}

void IdentityVerdict::showTimes(const Credential &credential, qint64 now)
{
    const std::vector<CredentialTime> times = timesOf(credential);
    QString rows;
    for (const CredentialTime &time : times)
        rows += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2 &nbsp;"
                               "<span style=\"color:%3\">%4</span></td></tr>")
                    .arg(QString::fromLatin1(time.claim), momentText(time.at, now),
                         m_theme.color(Token::Dim).name(), distanceText(time.at - now));
    m_times->setVisible(!times.empty());
    m_times->setText(QStringLiteral("<table cellspacing=\"0\">%1</table>").arg(rows));
    const auto end = momentOf(times, "exp") ? momentOf(times, "exp") : momentOf(times, "expires");
    const auto begin = momentOf(times, "iat");
    m_life->setVisible(end.has_value());
    if (!end)
        return;
    const bool over = *end <= now;
    const double whole = begin && *end > *begin ? static_cast<double>(*end - *begin) : -1;
    const double left = static_cast<double>(std::max<qint64>(0, *end - now));
    m_life->setShare(over            ? 0
                         : whole > 0 ? left / whole
                                     : -1,
                     left < whole / 5 ? PillTone::Caution : PillTone::Good);
    m_life->setText(
        over ? tr("Over since %1 of lab time").arg(durationText(static_cast<double>(now - *end)))
             : tr("Counts for another %1 of lab time").arg(durationText(left)));
}

void IdentityVerdict::showSize(const Credential &credential)
{
    m_size->setVisible(credential.isCookie());
    if (!credential.isCookie())
        return;
    const qint64 bytes = cookieBytes(credential);
    const double share = static_cast<double>(bytes) / static_cast<double>(largestCookie);
    const QString of
        = tr("%1 of %2 bytes").arg(QLocale().toString(bytes), QLocale().toString(largestCookie));
    m_size->setShare(share,
                     share > 1          ? PillTone::Bad
                         : share > 0.85 ? PillTone::Caution
                                        : PillTone::Good);
    m_size->setText(share > 1 ? tr("%1: the browser drops it without a word").arg(of) : of);
}

} // namespace rt
