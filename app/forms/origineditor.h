// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/lineeditors.h"

class QComboBox;

namespace rt {

/// npm cors' `origin`: a way of deciding and, beside it, the value in code terms. Typing a value
/// chooses the way, choosing a way proposes a value.
class OriginEditor final : public LineEditor
{
    Q_OBJECT

public:
    enum class Mode { Any, One, List, Pattern, Reflect, Off };

    OriginEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

    void setValue(const JsValue &value) override;
    void setControlId(const QString &id, const QString &spokenName) override;
    QString advice(const JsValue &value) const override;
    static Mode modeOf(const JsValue &value);

protected:
    Result<JsValue> read(const QString &text) const override;
    QString write(const JsValue &value) const override;

private:
    void chooseMode(int index);
    void showSuggestions();
    void takeSuggestion(const QString &origin);
    JsValue proposal(Mode mode) const;

    QComboBox *m_mode;
};

} // namespace rt
