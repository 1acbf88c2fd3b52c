// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credential.h"
#include "widgets/theme.h"

#include <QSyntaxHighlighter>

namespace rt {

/// Colours the parts of a credential as they stand on the wire, each as its own section below is
/// captioned.
class TokenHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    TokenHighlighter(const Theme &theme, QTextDocument *document);

    void setKind(Credential::Kind kind);
    /// All of the text is this one part.
    void setRole(CredentialPart::Role role);
    static Token tokenOf(CredentialPart::Role role);

protected:
    void highlightBlock(const QString &text) override;

private:
    void paint(qsizetype from, qsizetype to, CredentialPart::Role role);

    const Theme &m_theme;
    Credential::Kind m_kind = Credential::Kind::Jwt;
    std::optional<CredentialPart::Role> m_role;
};

} // namespace rt
