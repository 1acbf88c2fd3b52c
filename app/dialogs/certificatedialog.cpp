// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/certificatedialog.h"

#include "base/tlshandshake.h"
#include "lab/command.h"
#include "lab/laborigins.h"
#include "lab/labsession.h"
#include "models/tlstext.h"
#include "widgets/captionlabel.h"
#include "widgets/card.h"
#include "widgets/flowlayout.h"
#include "widgets/richview.h"
#include "widgets/segmented.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QPushButton>
#include <QSaveFile>
#include <QSslCertificate>
#include <QUrl>

namespace rt {

namespace {

enum Place { Chromium, Firefox, Tools };

CaptionLabel *selectable(const Theme &theme, QWidget *parent, FontRole role)
{
    auto *label = new CaptionLabel(theme, {}, parent, role, Token::Text);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setWordWrap(true);
    return label;
}

/// A numbered list of ready sentences.
QString numbered(const QStringList &sentences)
{
    QString html = QStringLiteral("<ol>");
    for (const QString &sentence : sentences)
        html += QStringLiteral("<li>%1</li>").arg(sentence);
    return html + QStringLiteral("</ol>");
}

QString paragraph(const QString &sentence)
{
    return QStringLiteral("<p>%1</p>").arg(sentence);
}

} // namespace

CertificateDialog::CertificateDialog(const Theme &theme, LabSession &lab, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_lab(lab), m_store(lab.tlsFolder(), certifiedNames()),
      m_note(new CaptionLabel(theme, {}, this, FontRole::Small)),
      m_places(new Segmented(
          theme, {tr("Chromium, Chrome, Edge"), tr("Firefox"), tr("curl and Node")}, this)),
      m_steps(new RichView(theme, this))
{
    setObjectName(QStringLiteral("certificate"));
    setWindowTitle(tr("Trust the lab's certificate"));
    auto *lead = new CaptionLabel(
        theme,
        tr("An authority of the lab, made on this computer, vouches for its HTTPS servers. The "
           "built-in browser trusts it; nothing else does, and Roundtrip installs it nowhere. It "
           "can vouch for localhost and for names that end in .test, for no real site."),
        this, FontRole::Ui, Token::Text);
    lead->setWordWrap(true);
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("certificate.note"));
    m_places->setCurrent(Chromium);
    m_steps->setObjectName(QStringLiteral("certificate.steps"));
    m_steps->setAccessibleName(tr("How to trust it, and how to undo that"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addWidget(lead);
    column->addLayout(makeFacts());
    column->addWidget(m_places);
    column->addWidget(m_steps, 1);
    column->addWidget(m_note);
    column->addWidget(makeButtons());
    connect(m_places, &Segmented::chosen, this, &CertificateDialog::showSteps);
    connect(m_steps, &RichView::restyled, this, &CertificateDialog::showSteps);
    resize(theme.controlHeight() * 24, theme.controlHeight() * 19);
    load();
}

QLayout *CertificateDialog::makeFacts()
{
    auto *card = new Card(m_theme, this);
    m_name = selectable(m_theme, card, FontRole::Strong);
    m_validity = selectable(m_theme, card, FontRole::Ui);
    m_fingerprint = selectable(m_theme, card, FontRole::Mono);
    m_path = selectable(m_theme, card, FontRole::Mono);
    m_path->setObjectName(QStringLiteral("certificate.path"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setLabelAlignment(Qt::AlignLeading);
    const std::pair<QString, QWidget *> rows[] = {{tr("Authority"), m_name},
                                                  {tr("Valid"), m_validity},
                                                  {tr("SHA-256"), m_fingerprint},
                                                  {tr("File"), m_path}};
    for (const auto &[title, value] : rows)
        form->addRow(new CaptionLabel(m_theme, title, card, FontRole::Ui), value);
    card->body()->addLayout(form);
    auto *holder = new QVBoxLayout;
    holder->addWidget(card);
    return holder;
}

QWidget *CertificateDialog::makeButtons()
{
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [this, box](const char *name, const QString &text, auto slot) {
        QPushButton *button = box->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(QLatin1StringView(name));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, slot);
    };
    add("certificate.save", tr("Save certificate\u2026"), [this] { chooseFile(); });
    add("certificate.copy", tr("Copy path"), [this] {
        QGuiApplication::clipboard()->setText(m_path->text());
        say(tr("The path is on the clipboard."));
    });
    add("certificate.renew", tr("Delete and renew"), [this] { renew(); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::accept);
    return box;
}

void CertificateDialog::load()
{
    const auto identity = m_store.identity(QDateTime::currentMSecsSinceEpoch());
    if (!identity) {
        say(identity.error().message, true);
        return;
    }
    m_authorityPem = identity->authorityPem;
    const TlsCertificate authority = describeCertificate(QSslCertificate(m_authorityPem));
    m_name->setText(commonName(authority.subject));
    m_validity->setText(tr("until %1; the servers' own certificate until %2")
                            .arg(dayText(authority.notAfter), dayText(identity->expiresAt)));
    QString fingerprint = QString::fromLatin1(authority.fingerprint);
    // A label breaks lines at blanks only.
    m_fingerprint->setText(fingerprint.replace(16 * 3 - 1, 1, u' '));
    m_path->setText(QDir::toNativeSeparators(m_store.authorityFile()));
    showSteps();
}

void CertificateDialog::showSteps()
{
    m_steps->setContent(stepsHtml(m_places->current()));
}

QString CertificateDialog::stepsHtml(int place) const
{
    const QString name = QStringLiteral("<b>%1</b>").arg(m_name->text().toHtmlEscaped());
    const QString undo = paragraph(QStringLiteral("<b>%1</b>").arg(tr("To undo it")));
    if (place == Chromium)
        return numbered({tr("Open chrome://certificate-manager, or Settings, Privacy and "
                            "security, Security, Manage certificates."),
                         tr("Under Installed by you, Trusted certificates, choose Import and "
                            "take the file above. Older versions: Authorities, Import, and tick "
                            "\u201cTrust this certificate for identifying websites\u201d."),
                         whereToGo()})
            + undo + paragraph(tr("In the same list, find %1 and delete it.").arg(name));
    if (place == Firefox)
        return numbered({tr("Open Settings, Privacy &amp; Security, Certificates, View "
                            "Certificates."),
                         tr("On the page Authorities choose Import and take the file above; tick "
                            "\u201cTrust this CA to identify websites\u201d."),
                         whereToGo()})
            + undo
            + paragraph(tr("On the same page, under Roundtrip, choose %1, then Delete or Distrust.")
                            .arg(name));
    const QString file = m_path->text().toHtmlEscaped();
    return QStringLiteral("<p>%1</p><pre>curl --cacert '%2' \\\n"
                          "     https://localhost:%5/ping</pre>"
                          "<pre>NODE_EXTRA_CA_CERTS='%2' \\\n     node client.mjs</pre>%3<p>%4</p>")
        .arg(tr("Both take the file for one call and remember nothing:"), file, undo,
             tr("Nothing to undo."))
        .arg(httpsPort());
}

/// Where the API speaks HTTPS; its usual port while it does not.
int CertificateDialog::httpsPort() const
{
    const QByteArray origin = virtualOrigin("apis");
    for (const ServerState::Listener &listener : m_lab.servers().listeners) {
        if (listener.virtualOrigin == origin)
            return listener.port;
    }
    return QUrl(QString::fromLatin1(origin)).port();
}

QString CertificateDialog::whereToGo() const
{
    const QString address = QStringLiteral("https://localhost:%1/ping").arg(httpsPort());
    return m_lab.config().setting("server.tls").toBool()
        ? tr("Open %1.").arg(address)
        : tr("Switch HTTPS on in the server panel and open %1.").arg(address);
}

void CertificateDialog::chooseFile()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the certificate"),
                                                      QStringLiteral("roundtrip-lab.pem"),
                                                      tr("Certificates (*.pem *.crt)"));
    if (file.isEmpty())
        return;
    const auto saved = saveTo(file);
    say(saved ? tr("Saved as %1.").arg(QDir::toNativeSeparators(file)) : saved.error().message,
        !saved);
}

Result<void> CertificateDialog::saveTo(const QString &file)
{
    QSaveFile target(file);
    if (target.open(QIODevice::WriteOnly) && target.write(m_authorityPem) == m_authorityPem.size()
        && target.commit())
        return {};
    return failure(
        tr("Cannot write %1: %2.").arg(QDir::toNativeSeparators(file), target.errorString()));
}

void CertificateDialog::renew()
{
    if (const auto removed = m_store.remove(); !removed) {
        say(removed.error().message, true);
        return;
    }
    load();
    m_lab.reloadTls();
    say(tr("The old authority and its keys are gone. A browser that trusted it warns again until "
           "you import the new one."));
}

void CertificateDialog::say(const QString &sentence, bool isBad)
{
    m_note->setToken(isBad ? Token::Bad : Token::Dim);
    m_note->setText(sentence);
}

} // namespace rt
