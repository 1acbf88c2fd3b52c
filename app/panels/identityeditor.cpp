// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identityeditor.h"

#include "forms/growingedit.h"
#include "forms/tokenhighlighter.h"
#include "widgets/captionlabel.h"

#include <QBoxLayout>

#include <algorithm>

namespace rt {

using Kind = Credential::Kind;
using Role = CredentialPart::Role;

namespace {

void setText(QPlainTextEdit &edit, const QString &text)
{
    if (edit.toPlainText() != text)
        edit.setPlainText(text);
}

} // namespace

IdentityEditor::IdentityEditor(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    setupRaw(*column);
    for (const Role role : {Role::Header, Role::Payload, Role::Id})
        m_parts.push_back(makePart(role, *column));
    for (const PartView &view : m_parts)
        connect(view.content, &QPlainTextEdit::textChanged, this,
                [this, &view] { onContentEdited(view); });
}

void IdentityEditor::setupRaw(QVBoxLayout &column)
{
    column.addWidget(new CaptionLabel(m_theme, tr("ON THE WIRE"), this));
    m_raw = new GrowingEdit(m_theme, this);
    m_raw->setObjectName(QStringLiteral("identity.raw"));
    m_raw->setAccessibleName(tr("The credential as it stands on the wire"));
    m_raw->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_raw->setWordWrapMode(QTextOption::WrapAnywhere);
    m_highlighter = new TokenHighlighter(m_theme, m_raw->document());
    column.addWidget(m_raw);
    m_signatureCaption = new CaptionLabel(m_theme, {}, this);
    column.addWidget(m_signatureCaption);
    m_signature = new GrowingEdit(m_theme, this);
    m_signature->setObjectName(QStringLiteral("identity.signature"));
    m_signature->setAccessibleName(tr("Signature cookie"));
    m_signature->setWordWrapMode(QTextOption::WrapAnywhere);
    auto *colours = new TokenHighlighter(m_theme, m_signature->document());
    colours->setRole(Role::Signature);
    column.addWidget(m_signature);
    connect(m_raw, &QPlainTextEdit::textChanged, this, &IdentityEditor::onRawEdited);
    connect(m_signature, &QPlainTextEdit::textChanged, this, &IdentityEditor::onSignatureEdited);
}

IdentityEditor::PartView IdentityEditor::makePart(Role role, QVBoxLayout &column)
{
    static const QString names[] = {QStringLiteral("header"), QStringLiteral("payload"),
                                    QStringLiteral("id"), QStringLiteral("signature")};
    PartView view;
    view.role = role;
    view.box = new QWidget(this);
    auto *inside = new QVBoxLayout(view.box);
    inside->setContentsMargins(0, 6, 0, 0);
    inside->setSpacing(4);
    view.caption = new CaptionLabel(m_theme, {}, view.box);
    view.content = new GrowingEdit(m_theme, view.box);
    view.content->setObjectName(QStringLiteral("identity.") + names[static_cast<int>(role)]);
    view.problem = new CaptionLabel(m_theme, {}, view.box, FontRole::Small, Token::Bad);
    view.problem->setWordWrap(true);
    inside->addWidget(view.caption);
    inside->addWidget(view.content);
    inside->addWidget(view.problem);
    column.addWidget(view.box);
    return view;
}

QString IdentityEditor::captionOf(const CredentialPart &part) const
{
    switch (part.role) {
    case Role::Header:
        return tr("HEADER \u00b7 base64url, not encrypted");
    case Role::Payload:
        return m_credential.kind == Kind::Jwt ? tr("PAYLOAD \u00b7 base64url, not encrypted")
                                              : tr("CONTENT \u00b7 base64, not encrypted");
    case Role::Id:
        return m_credential.kind == Kind::SessionId
            ? tr("SESSION ID \u00b7 all else is kept at the server")
            : tr("VALUE \u00b7 not encrypted");
    case Role::Signature:
        break;
    }
    return {};
}

void IdentityEditor::setCredential(const Credential &credential)
{
    m_credential = credential;
    m_filling = true; // new colours are a change of the document, too
    m_highlighter->setKind(credential.kind);
    showParts(nullptr);
}

void IdentityEditor::showParts(const QPlainTextEdit *typing)
{
    m_filling = true;
    const std::vector<CredentialPart> parts = takeApart(m_credential);
    if (typing != m_raw)
        setText(*m_raw, QString::fromLatin1(m_credential.text));
    const bool pair = m_credential.kind == Kind::CookieSession;
    m_signatureCaption->setVisible(pair);
    m_signature->setVisible(pair);
    m_signatureCaption->setText(
        tr("SIGNATURE \u00b7 cookie %1.sig").arg(QString::fromUtf8(m_credential.name)));
    if (typing != m_signature)
        setText(*m_signature, QString::fromLatin1(m_credential.signature.value_or(QByteArray())));
    for (PartView &view : m_parts) {
        const auto found
            = std::find_if(parts.begin(), parts.end(),
                           [&view](const CredentialPart &part) { return part.role == view.role; });
        showPart(view, found == parts.end() ? nullptr : &*found, typing);
    }
    m_filling = false;
}

void IdentityEditor::showPart(PartView &view, const CredentialPart *part,
                              const QPlainTextEdit *typing)
{
    view.box->setVisible(part != nullptr);
    if (!part)
        return;
    view.caption->setText(captionOf(*part));
    view.content->setAccessibleName(view.caption->text());
    view.problem->setText(part->problem);
    view.problem->setVisible(!part->problem.isEmpty());
    if (typing != view.content)
        setText(*view.content, part->content);
}

void IdentityEditor::publish(const Credential &credential, const QPlainTextEdit *typing)
{
    m_credential = credential;
    showParts(typing);
    emit edited(m_credential);
}

void IdentityEditor::onRawEdited()
{
    if (m_filling)
        return;
    Credential credential = m_credential;
    credential.text = m_raw->toPlainText().simplified().remove(u' ').toLatin1();
    if (credential.text != m_credential.text)
        publish(credential, m_raw);
}

void IdentityEditor::onSignatureEdited()
{
    if (m_filling)
        return;
    Credential credential = m_credential;
    const QByteArray text = m_signature->toPlainText().trimmed().toLatin1();
    credential.signature = text.isEmpty() ? std::nullopt : std::optional(text);
    if (credential.signature != m_credential.signature)
        publish(credential, m_signature);
}

void IdentityEditor::onContentEdited(const PartView &view)
{
    if (m_filling)
        return;
    const auto changed = withContent(m_credential, view.role, view.content->toPlainText());
    view.problem->setVisible(!changed);
    if (!changed) {
        view.problem->setText(changed.error().message);
        return;
    }
    publish(*changed, view.content);
}

} // namespace rt
