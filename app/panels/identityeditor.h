// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credential.h"
#include "widgets/theme.h"

#include <QWidget>

#include <vector>

class QPlainTextEdit;
class QVBoxLayout;

namespace rt {

class CaptionLabel;
class TokenHighlighter;

/// A credential to change: as it stands on the wire, and what stands in each part. Both are the
/// same thing; a change in one shows in the other at once.
class IdentityEditor : public QWidget
{
    Q_OBJECT

public:
    explicit IdentityEditor(const Theme &theme, QWidget *parent = nullptr);

    void setCredential(const Credential &credential);

signals:
    /// By the user.
    void edited(const rt::Credential &credential);

private:
    /// One part: its caption, what stands in it, and why that cannot be read.
    struct PartView
    {
        CredentialPart::Role role = CredentialPart::Role::Payload;
        QWidget *box = nullptr;
        CaptionLabel *caption = nullptr;
        QPlainTextEdit *content = nullptr;
        CaptionLabel *problem = nullptr;
    };

    void setupRaw(QVBoxLayout &column);
    PartView makePart(CredentialPart::Role role, QVBoxLayout &column);
    void showParts(const QPlainTextEdit *typing);
    void showPart(PartView &view, const CredentialPart *part, const QPlainTextEdit *typing);
    void onRawEdited();
    void onSignatureEdited();
    void onContentEdited(const PartView &view);
    void publish(const Credential &credential, const QPlainTextEdit *typing);
    QString captionOf(const CredentialPart &part) const;

    const Theme &m_theme;
    Credential m_credential;
    QPlainTextEdit *m_raw = nullptr;
    TokenHighlighter *m_highlighter = nullptr;
    CaptionLabel *m_signatureCaption = nullptr;
    QPlainTextEdit *m_signature = nullptr;
    std::vector<PartView> m_parts;
    bool m_filling = false;
};

} // namespace rt
